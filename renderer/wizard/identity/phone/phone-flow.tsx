import { Hand, RefreshCw, Smartphone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { PhoneLink } from '../../../../shared/contract/phone.ts';
import type { DocumentRule, IdentifiedPerson } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, Card, Notice, Section } from '../../../kit/index.ts';
import type { StepProps } from '../../step-props.ts';
import { StepScreen } from '../../step-screen.tsx';
import { DocumentChoice } from '../capture/document-choice.tsx';
import { isPhotographed } from '../capture/taken.ts';
import { PhoneLinkScreen } from './phone-link-screen.tsx';
import { PhoneNotNow } from './phone-not-now.tsx';

export interface PhoneFlowProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  /** That may be photographed by a phone. */
  readonly documents: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  /** Every side of one document. */
  readonly onTaken: (all: readonly Taken[]) => void;
  readonly onDiscarded: (person: IdentifiedPerson) => void;
  /** All is there, or the customer doesn't want to. */
  readonly onDone: () => void;
}

type Problem = 'failed' | 'over';

/** A document of each person, photographed by the customer's own phone, one after the other. */
export function PhoneFlow(props: PhoneFlowProps) {
  const { language } = useLanguage();
  const { sessionId, state, persons, documents, taken, onTaken, onDiscarded, onDone } = props;
  const { connection, sessionGone } = useTerminal();
  const [chosen, setChosen] = useState<string | null>(null);
  const [link, setLink] = useState<PhoneLink | null>(null);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const person = persons.find((one) => !isPhotographed(one, documents, taken)) ?? persons[0];
  const handOverId = link?.handOverId ?? null;
  useEffect(() => {
    if (handOverId === null) return undefined;
    // Where all is kept already there is nothing left to cancel.
    return () => void connection.ask((client) => client.phone.cancel({ sessionId, handOverId }));
  }, [connection, sessionId, handOverId]);

  if (person === undefined) return null;
  const rule = documents.find(({ document }) => document === chosen);
  const begin = async (): Promise<void> => {
    if (rule === undefined || isPending) return;
    setPending(true);
    setProblem(null);
    const { applicationId } = state;
    const wish = {
      sessionId,
      applicationId,
      handOverId: crypto.randomUUID(),
      person,
      document: rule.document,
      language,
    };
    const answer = await connection.ask((client) => client.phone.begin(wish));
    setPending(false);
    if (answer.kind === 'ok') {
      onDiscarded(person);
      setLink(answer.value);
    } else if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone();
    else setProblem('failed');
  };
  if (link !== null && rule !== undefined) {
    return (
      <PhoneLinkScreen
        {...props}
        link={link}
        rule={rule}
        onBack={() => setLink(null)}
        onOver={() => {
          onDiscarded(person);
          setProblem('over');
          setLink(null);
        }}
        onTaken={(all) => {
          setLink(null);
          setChosen(null);
          onTaken(all);
          const others = persons.filter((one) => one !== person);
          if (others.every((one) => isPhotographed(one, documents, taken))) onDone();
        }}
      />
    );
  }
  return (
    <ChoosePhoneDocument
      {...props}
      key={person}
      person={person}
      chosen={chosen}
      onChoose={setChosen}
      isPending={isPending}
      problem={problem}
      onBack={onDone}
      onBegin={() => void begin()}
    />
  );
}

interface ChoosePhoneDocumentProps extends PhoneFlowProps {
  readonly person: IdentifiedPerson;
  readonly chosen: string | null;
  readonly onChoose: (document: string) => void;
  readonly isPending: boolean;
  readonly problem: Problem | null;
  readonly onBegin: () => void;
}

function ChoosePhoneDocument(props: ChoosePhoneDocumentProps) {
  const { t } = useLanguage();
  const { procedure, documents, person, chosen, onChoose, isPending, problem, onBegin } = props;
  const { calls } = useTerminal();
  const { status } = useTerminalState();
  const [isTried, setTried] = useState(false);
  const isAway = status?.central === 'unreachable';
  const call = (
    <Button variant="primary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
      {t('call-staff')}
    </Button>
  );
  const begin = (
    <Button
      variant="primary"
      icon={problem === 'over' ? <RefreshCw /> : <Smartphone />}
      isPending={isPending}
      pendingLabel={t('phone:choose.pending')}
      onPress={() => {
        setTried(true);
        onBegin();
      }}
    >
      {t(problem === 'over' ? 'phone:problem.again' : 'phone:choose.begin')}
    </Button>
  );
  return (
    <StepScreen
      props={props}
      heading={t('phone:choose.title')}
      lead={t(`identity:person.${person}`)}
      hasPriceStrip={false}
      primary={isAway ? call : begin}
    >
      <div className="wizard-identity">
        {isAway ? (
          <PhoneNotNow />
        ) : problem === 'over' ? (
          <Notice tone="attention" title={t('phone:problem.over.title')}>
            {t('phone:problem.over.text')}
          </Notice>
        ) : problem === 'failed' ? (
          <Notice tone="error">{t('phone:problem.begin')}</Notice>
        ) : null}
        <DocumentChoice
          documents={documents}
          value={chosen}
          onChange={onChoose}
          isMissing={isTried && chosen === null}
        />
        <Section title={t('capture:consent.title')}>
          <Card>
            <ul className="wizard-identity__list">
              <li>{t('capture:consent.use')}</li>
              <li>{t('phone:consent.keep')}</li>
              <li>{t('phone:consent.own')}</li>
              <li>{t('capture:consent.otherwise')}</li>
            </ul>
          </Card>
        </Section>
      </div>
    </StepScreen>
  );
}
