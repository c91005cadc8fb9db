import { Hand, RefreshCw, Smartphone } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { PhoneBegun } from '../../../../shared/contract/phone.ts';
import type { DocumentRule, IdentifiedPerson } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, Notice } from '../../../kit/index.ts';
import type { StepProps } from '../../step-props.ts';
import { StepScreen } from '../../step-screen.tsx';
import { DocumentConsent } from '../capture/document-consent.tsx';
import { isPhotographed } from '../capture/taken.ts';
import { PhoneLinkScreen } from './phone-link-screen.tsx';
import { PhoneNotNow } from './phone-not-now.tsx';

export interface PhoneFlowProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  /** That may be photographed by a phone. */
  readonly documents: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  /** What was under way when this screen went away; null: the customer begins. */
  readonly begun: PhoneBegun | null;
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
  const [begun, setBegun] = useState(props.begun);
  const [chosen, setChosen] = useState<string | null>(begun?.document ?? null);
  /** Asked for and not answered yet. */
  const pending = useRef<string | null>(null);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const person = begun?.person ?? persons.find((one) => !isPhotographed(one, documents, taken)) ?? persons[0];

  if (person === undefined) return null;
  const rule = documents.find(({ document }) => document === chosen);
  const cancel = (handOverId: string): void => {
    onDiscarded(person);
    void connection.ask((client) => client.phone.cancel({ sessionId, handOverId }));
  };
  const begin = async (): Promise<void> => {
    if (rule === undefined || pending.current !== null) return;
    const handOverId = crypto.randomUUID();
    pending.current = handOverId;
    setPending(true);
    setProblem(null);
    const { applicationId } = state;
    const { document } = rule;
    const wish = { sessionId, applicationId, handOverId, person, document, language };
    const answer = await connection.ask((client) => client.phone.begin(wish));
    // The customer has gone back meanwhile.
    if (pending.current !== handOverId) return;
    pending.current = null;
    setPending(false);
    if (answer.kind === 'ok') {
      onDiscarded(person);
      setBegun({ person, document, link: answer.value, standing: { state: 'waiting', heard: 0, taken: [] } });
    } else if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone(sessionId);
    else setProblem('failed');
  };
  if (begun !== null && rule !== undefined) {
    return (
      <PhoneLinkScreen
        {...props}
        begun={begun}
        rule={rule}
        onBack={() => {
          cancel(begun.link.handOverId);
          setBegun(null);
        }}
        onOver={() => {
          onDiscarded(person);
          setProblem('over');
          setBegun(null);
        }}
        onTaken={(all) => {
          setBegun(null);
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
      onBack={() => {
        if (pending.current !== null) cancel(pending.current);
        pending.current = null;
        onDone();
      }}
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
      hasPriceStrip
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
        <DocumentConsent
          documents={documents}
          value={chosen}
          onChange={onChoose}
          isMissing={isTried && chosen === null}
          keeping={[t('phone:consent.keep'), t('phone:consent.own')]}
        />
      </div>
    </StepScreen>
  );
}
