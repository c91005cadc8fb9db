import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Taken } from '../../../shared/contract/captures.ts';
import type { DocumentRule, IdentifiedPerson, IdentityFinding } from '../../../shared/domain/identity-policy.ts';
import { PERSON_FIELDS, type PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { readDate } from '../../../shared/domain/typed/typed-date.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Button, Card, CheckBox, ChoiceGroup, KeyValueList, Notice, Section } from '../../kit/index.ts';
import type { StepProps } from '../step-props.ts';
import { StepScreen } from '../step-screen.tsx';
import { Attest } from './attest.tsx';
import { photographed } from './capture/taken.ts';
import { TakenPicture } from './capture/taken-picture.tsx';
import './identity-step.css';

interface StaffCheckProps extends StepProps {
  readonly persons: readonly IdentifiedPerson[];
  readonly documents: readonly DocumentRule[];
  /** That may be photographed, and what was. */
  readonly forPictures: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  /** null: there is no camera now. */
  readonly onAnew: ((person: IdentifiedPerson) => void) | null;
}

/** What staff saw of one person's document, one person after the other; then they say so by their PIN. */
export function StaffCheck(props: StaffCheckProps) {
  const { persons, onBack } = props;
  const [findings, setFindings] = useState<readonly IdentityFinding[]>([]);
  const person = persons[findings.length];
  if (person === undefined) {
    return <Attest {...props} findings={findings} onBack={() => setFindings(findings.slice(0, -1))} />;
  }
  return (
    <OnePerson
      {...props}
      key={person}
      person={person}
      onBack={() => (findings.length === 0 ? onBack() : setFindings(findings.slice(0, -1)))}
      onFound={(finding) => setFindings([...findings, finding])}
    />
  );
}

function OnePerson(
  props: StaffCheckProps & { readonly person: IdentifiedPerson; readonly onFound: (finding: IdentityFinding) => void },
) {
  const { t } = useLanguage();
  const { sessionId, state, documents, forPictures, taken, person, onAnew, onFound } = props;
  const values = useEntered(props);
  const pictured = photographed(person, forPictures, taken);
  const [chosen, setChosen] = useState<string | null>(pictured?.document ?? null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [isTried, setTried] = useState(false);
  const rule = documents.find(({ document }) => document === chosen);
  const pictures = taken.filter(({ shows }) => shows.person === person && shows.document === pictured?.document);
  const [seen, setSeen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isLost = [...seen.values()].includes(false);
  // Nobody can compare what isn't there to be seen: the original alone counts then.
  const hasPictures = rule !== undefined && rule.document === pictured?.document;
  const isPictured = hasPictures && !isLost;
  const isSeen = !isPictured || pictures.every(({ captureId }) => seen.has(captureId));
  const ticks =
    rule === undefined
      ? []
      : [
          ...rule.sides.map((side) => ({ id: side, text: t(`identity:seen.${side}`) })),
          ...(isPictured ? [{ id: 'compared', text: t('identity:seen.compared') }] : []),
          ...(rule.supplementary ? [{ id: 'supplementary', text: t('identity:seen.supplementary') }] : []),
          ...PERSON_FIELDS.map((field) => ({ id: field, text: t(`identity:agrees.${field}`) })),
        ];
  const isComplete = rule !== undefined && isSeen && ticks.every(({ id }) => ticked.has(id));
  const goOn = (): void => {
    setTried(true);
    if (!isComplete) return;
    onFound({
      person,
      evidence: isPictured ? 'picture' : 'staff-eye',
      document: rule.document,
      sides: (isPictured ? pictured : rule).sides,
      supplementary: rule.supplementary,
      agrees: [...PERSON_FIELDS],
    });
  };
  return (
    <StepScreen
      props={props}
      heading={t('identity:check.title')}
      lead={t(`identity:person.${person}`)}
      hasPriceStrip={false}
      primary={
        <Button variant="primary" onPress={goOn}>
          {t('next')}
        </Button>
      }
    >
      <div className="wizard-identity">
        {isTried && !isComplete ? <Notice tone="attention">{t('identity:check.incomplete')}</Notice> : null}
        <Section title={t('identity:check.entered')}>
          <Card>
            <KeyValueList
              items={PERSON_FIELDS.map((field) => ({ label: t(`identity:field.${field}`), value: values[field] }))}
            />
          </Card>
        </Section>
        <ChoiceGroup
          label={t('identity:check.document')}
          value={chosen}
          onChange={(next) => {
            setChosen(next);
            setTicked(new Set());
          }}
          selectedLabel={t('choice:selected')}
          options={documents.map(({ document }) => ({ value: document, name: t(`identity:document.${document}`) }))}
          error={isTried && rule === undefined ? t('wizard:missing') : undefined}
        />
        {hasPictures ? (
          <Section title={t('capture:taken.title')}>
            {isLost ? <Notice tone="attention">{t('capture:taken.lost')}</Notice> : null}
            <div className="capture__all-taken">
              {pictures.map((one) => (
                <TakenPicture
                  key={one.captureId}
                  sessionId={sessionId}
                  applicationId={state.applicationId}
                  taken={one}
                  onSeen={(isThere) => setSeen((before) => new Map([...before, [one.captureId, isThere]]))}
                />
              ))}
            </div>
            {onAnew === null ? null : (
              <div>
                <Button variant="secondary" size="small" icon={<RotateCcw />} onPress={() => onAnew(person)}>
                  {t('capture:again')}
                </Button>
              </div>
            )}
          </Section>
        ) : null}
        {rule === undefined ? null : (
          <div className="wizard-identity__ticks">
            {ticks.map(({ id, text }) => (
              <CheckBox
                key={id}
                isSelected={ticked.has(id)}
                onChange={(isSelected) =>
                  setTicked(new Set(isSelected ? [...ticked, id] : [...ticked].filter((one) => one !== id)))
                }
              >
                {text}
              </CheckBox>
            ))}
          </div>
        )}
      </div>
    </StepScreen>
  );
}

/** What is to agree with the document, as it was entered or is on record. */
function useEntered({
  context,
  address,
  state,
  person,
}: StepProps & { readonly person: IdentifiedPerson }): Readonly<Record<PersonField, string>> {
  const { t, language } = useLanguage();
  const { facts } = context;
  const { draft } = state;
  const nowhere = t('identity:not-on-record');
  const day = readDate(draft[person === 'contractor' ? 'contractorBornOn' : 'bornOn'] ?? '');
  const bornOn = day === null ? nowhere : formatDate(language, day);
  if (person === 'contractor') {
    const name = facts.kind === 'known' ? t('identity:name', facts.customer) : facts.customerNumber;
    return { name, address: address ?? nowhere, bornOn };
  }
  const name = [draft['familyName'], draft['givenName']].filter((part) => part !== undefined && part !== '').join(' ');
  const kana = [draft['familyKana'], draft['givenKana']].join(' ');
  return {
    name: name === '' ? kana : t('identity:name', { name, kana }),
    address: address ?? nowhere,
    bornOn,
  };
}
