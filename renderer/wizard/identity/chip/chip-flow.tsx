import { Hand } from 'lucide-react';
import { useState } from 'react';
import type { ChipSays, DocumentRule, IdentifiedPerson } from '../../../../shared/domain/identity-policy.ts';
import { PERSON_FIELDS } from '../../../../shared/domain/mobile/same-person.ts';
import { differences, fieldsComparable } from '../../../../shared/procedures/known-person.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { Button, Card, ChoiceGroup, KeyValueList, Notice, Section } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import type { StepProps } from '../../step-props.ts';
import { Differences } from '../differences.tsx';
import { useKnownPerson } from '../use-known-person.ts';
import { ReadButton } from './read-button.tsx';
import { ChipForm, useChip } from './read-chip.tsx';

interface ChipFlowProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  /** Whose chip does where nobody of the staff is there. */
  readonly documents: readonly DocumentRule[];
  readonly onDone: () => void;
}

/** Customers prove who they are by their documents' chips, one person after the other. */
export function ChipFlow(props: ChipFlowProps) {
  const { sessionId, procedure, state, send, persons, onBack, onDone } = props;
  const { connection, sessionGone } = useTerminal();
  const [at, setAt] = useState(0);
  const [isRefused, setRefused] = useState(false);
  const person = persons[at];

  const goOn = async (): Promise<void> => {
    setRefused(false);
    if (at + 1 < persons.length) {
      setAt(at + 1);
      return;
    }
    const { applicationId, draft } = state;
    const answer = await connection.ask((client) =>
      client.identity.identify({ sessionId, applicationId, procedureId: procedure.id, answers: draft }),
    );
    if (answer.kind === 'ok') {
      send({ type: 'identified', by: { kind: 'chip' }, captures: [] });
      onDone();
    } else if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone(sessionId);
    else setRefused(true);
  };

  if (person === undefined) return null;
  return (
    <OnePerson
      {...props}
      key={person}
      person={person}
      isRefused={isRefused}
      onBack={() => (at === 0 ? onBack() : setAt(at - 1))}
      onAgreed={() => void goOn()}
    />
  );
}

interface OnePersonProps extends ChipFlowProps {
  readonly person: IdentifiedPerson;
  readonly isRefused: boolean;
  readonly onAgreed: () => void;
}

function OnePerson(props: OnePersonProps) {
  const { t } = useLanguage();
  const { sessionId, procedure, state, documents, person, isRefused, onAgreed } = props;
  const { calls } = useTerminal();
  const { known, shown } = useKnownPerson(props);
  const [only, ...others] = documents;
  const [chosen, setChosen] = useState<string | null>(others.length === 0 ? (only?.document ?? null) : null);
  const [says, setSays] = useState<ChipSays | null>(null);
  const document = documents.find((one) => one.document === chosen)?.document ?? null;
  const { applicationId } = state;
  const chip = useChip({ sessionId, applicationId, person, document, onRead: setSays });
  const found = says === null ? [] : differences(known, says);
  // Somebody else's name may not have been entered at all.
  const isAllKnown = fieldsComparable(known).length === PERSON_FIELDS.length;
  const call = (
    <Button variant="primary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
      {t('call-staff')}
    </Button>
  );
  const agrees = says !== null && found.length === 0 && isAllKnown && !isRefused;
  return (
    <StepScreen
      props={props}
      heading={t('chip:title')}
      lead={t(`identity:person.${person}`)}
      hasPriceStrip
      primary={
        agrees ? (
          <Button variant="primary" onPress={onAgreed}>
            {t('next')}
          </Button>
        ) : says === null && document !== null ? (
          <ReadButton chip={chip} variant="primary" />
        ) : (
          call
        )
      }
    >
      <div className="wizard-identity">
        {documents.length > 1 ? (
          <ChoiceGroup
            label={t('identity:check.document')}
            value={chosen}
            onChange={(next) => {
              setChosen(next);
              setSays(null);
            }}
            selectedLabel={t('choice:selected')}
            options={documents.map((one) => ({ value: one.document, name: t(`identity:document.${one.document}`) }))}
            error={undefined}
          />
        ) : null}
        <Section title={t('identity:check.entered')}>
          <Card>
            <KeyValueList
              items={PERSON_FIELDS.map((field) => ({ label: t(`identity:field.${field}`), value: shown[field] }))}
            />
          </Card>
        </Section>
        {says === null ? null : agrees ? (
          <Notice tone="info" title={t('chip:agrees')}>
            {t('chip:agrees-text')}
          </Notice>
        ) : found.length > 0 ? (
          <Differences props={props} person={person} found={found} shown={shown} says={says} place="kiosk" />
        ) : (
          <Notice tone="attention">{t('chip:needs-staff')}</Notice>
        )}
        {document === null || agrees ? null : (
          <Section title={t('chip:section')}>
            <ChipForm chip={chip} document={document} />
            {says === null ? null : (
              <div>
                <ReadButton chip={chip} variant="secondary" />
              </div>
            )}
          </Section>
        )}
      </div>
    </StepScreen>
  );
}
