import { RotateCcw } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import {
  type ChipSays,
  type DocumentSide,
  fieldsToCompare,
  hasPhoto,
  type IdentifiedPerson,
  type IdentityDocument,
  OVERRIDABLE_FIELDS,
  type OverrideReason,
  type SeenDocument,
} from '../../../shared/domain/identity-policy.ts';
import { PERSON_FIELDS, type PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { readDate } from '../../../shared/domain/typed/typed-date.ts';
import {
  type Difference,
  differences,
  fieldsComparable,
  fieldsKnown,
  mayBeReason,
  mayDiffer,
  papersFor,
} from '../../../shared/procedures/known-person.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { Button, Card, CheckBox, ChoiceGroup, ErrorText, KeyValueList, Notice, Section } from '../../kit/index.ts';
import { StepScreen } from '../step-screen.tsx';
import { useFirstWrong } from '../use-first-wrong.ts';
import { photographed } from './capture/taken.ts';
import { TakenPicture } from './capture/taken-picture.tsx';
import { ReadButton } from './chip/read-button.tsx';
import { ChipForm, useChip } from './chip/read-chip.tsx';
import { Differences } from './differences.tsx';
import { DocumentSays } from './document-says.tsx';
import { NO_REASON, OverrideChoice, type TypedReason } from './override-choice.tsx';
import type { StaffCheckProps } from './staff-check.tsx';
import { useKnownPerson } from './use-known-person.ts';
import './identity-step.css';

/** What staff have said of one person's document so far. */
export interface Sheet {
  readonly document: string | null;
  readonly ticked: ReadonlySet<string>;
  readonly says: Readonly<Partial<Record<PersonField, string>>>;
  readonly reason: TypedReason;
  readonly read: { readonly document: string; readonly says: ChipSays } | null;
  /** They wanted to go on: what is missing or differs is told. */
  readonly isTried: boolean;
}

const BLANK: Omit<Sheet, 'document'> = {
  ticked: new Set(),
  says: {},
  reason: NO_REASON,
  read: null,
  isTried: false,
};

interface CheckPersonProps extends StaffCheckProps {
  readonly person: IdentifiedPerson;
  /** null: nothing yet. */
  readonly sheet: Sheet | null;
  readonly onSheet: (sheet: Sheet) => void;
  readonly onSeen: (document: SeenDocument) => void;
}

/** One person's document: what staff saw of it, and what stands on it, compared with the application. */
export function CheckPerson(props: CheckPersonProps) {
  const { t, language } = useLanguage();
  const {
    sessionId,
    procedure,
    policy,
    context,
    state,
    documents,
    forPictures,
    forChip,
    taken,
    person,
    onAnew,
    onSeen,
  } = props;
  const { known, shown } = useKnownPerson(props);
  const place = useTerminalState().staff === null ? 'kiosk' : 'counter';
  const pictured = photographed(person, forPictures, taken);
  const sheet = props.sheet ?? { ...BLANK, document: pictured?.document ?? null };
  const { document: chosen, ticked, says, reason, read, isTried } = sheet;
  const latest = useRef(sheet);
  latest.current = sheet;
  const write = (more: Partial<Sheet>): void => props.onSheet({ ...latest.current, ...more });
  const original = documents.find(({ document }) => document === chosen);
  const [looked, setLooked] = useState<ReadonlyMap<string, boolean>>(new Map());
  // A face that is lost counts for none.
  const pictures = taken.filter(
    ({ shows, captureId }) =>
      shows.person === person &&
      shows.document === pictured?.document &&
      (shows.side !== 'face' || looked.get(captureId) !== false),
  );
  const isLost = pictures.some(({ captureId }) => looked.get(captureId) === false);
  // Nobody can compare what isn't there to be seen: the original alone counts then.
  const hasPictures = original !== undefined && original.document === pictured?.document;
  const chip = forChip.find(({ document }) => document === chosen);
  const chipSays = chip !== undefined && read?.document === chip.document ? read.says : null;
  const reading = useChip({
    ...{ sessionId, person, applicationId: state.applicationId, document: chip?.document ?? null },
    onRead: (next) => {
      write({ read: { document: chosen ?? '', says: next }, ticked: BLANK.ticked });
    },
  });
  const isPictured = hasPictures && !isLost && chipSays === null;
  const isLookedAt = !isPictured || pictures.every(({ captureId }) => looked.has(captureId));
  const evidence = chipSays !== null ? 'ic-chip' : isPictured ? 'picture' : 'staff-eye';
  const rule = chipSays !== null ? chip : isPictured ? pictured : original;
  const circumstances = { day: context.today, place, isAttended: true } as const;
  const compared =
    rule === undefined
      ? []
      : fieldsToCompare(policy, { evidence, document: rule.document }, person, {
          ...circumstances,
          known: () => fieldsKnown(known),
          comparable: () => fieldsComparable(known),
        });
  const byEye = fieldsKnown(known).filter((field) => !compared.includes(field));
  const papers = papersFor(procedure, context.today, state.draft, person);
  const ticks =
    rule === undefined
      ? []
      : [
          ...rule.sides.map((side) => ({ id: side, text: t(seenText(rule.document, side)) })),
          ...(isPictured ? [{ id: 'compared', text: t('identity:seen.compared') }] : []),
          ...(rule.daysLeft === undefined
            ? []
            : [{ id: 'days-left', text: t('identity:seen.days-left', { days: rule.daysLeft }) }]),
          ...(rule.supplementary ? [{ id: 'supplementary', text: t('identity:seen.supplementary') }] : []),
          ...papers.map((paper) => ({ id: paper, text: t(`identity:seen.${paper}`) })),
          ...byEye.map((field) => ({ id: field, text: t(`identity:agrees.${field}`) })),
        ];
  const typed = Object.fromEntries(compared.map((field) => [field, (chipSays ?? says)[field]?.trim() ?? '']));
  const isTyped = compared.every((field) =>
    field === 'bornOn' ? readDate(typed[field] ?? '') !== null : typed[field] !== '',
  );
  const found = (isTried || chipSays !== null) && isTyped ? differences(known, typed) : [];
  const overridable: readonly PersonField[] = OVERRIDABLE_FIELDS;
  const mayOverride =
    place === 'counter' &&
    mayDiffer(procedure, state.draft, person) &&
    found.every(({ field }) => overridable.includes(field));
  const isComplete = rule !== undefined && isLookedAt && isTyped && ticks.every(({ id }) => ticked.has(id));
  const isRefused = isTried && !isComplete;
  const ticksError = useId();
  const { form, show } = useFirstWrong();
  const goOn = (): void => {
    write({ isTried: true });
    if (!isComplete) {
      show();
      return;
    }
    const isDifferent = differences(known, typed).length > 0;
    const override = isDifferent && found.length > 0 && mayOverride ? overrideOf(reason, found) : null;
    if (isDifferent && override === null) {
      show();
      return;
    }
    onSeen({
      ...{ person, evidence, document: rule.document, override },
      // What the chip says the terminal knows by itself.
      says: chipSays === null ? typed : {},
      sides: rule.sides,
      supplementary: rule.supplementary,
      ...(rule.daysLeft === undefined ? {} : { validLongEnough: true }),
      agrees: byEye,
      ...(papers.length === 0 ? {} : { papers: [...papers] }),
    });
  };
  return (
    <StepScreen
      props={props}
      heading={t('identity:check.title')}
      lead={t(`identity:person.${person}`)}
      hasPriceStrip
      primary={
        <Button variant="primary" onPress={goOn}>
          {t('next')}
        </Button>
      }
    >
      <div className="wizard-identity" ref={form}>
        <Section title={t('identity:check.entered')}>
          <Card>
            <KeyValueList
              items={PERSON_FIELDS.map((field) => ({ label: t(`identity:field.${field}`), value: shown[field] }))}
            />
          </Card>
        </Section>
        <ChoiceGroup
          label={t('identity:check.document')}
          value={chosen}
          onChange={(document) => write({ document, ticked: BLANK.ticked, says: {}, reason: NO_REASON })}
          selectedLabel={t('choice:selected')}
          options={documents.map(({ document }) => ({ value: document, name: t(`identity:document.${document}`) }))}
          error={isTried && original === undefined ? t('wizard:missing') : undefined}
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
                  onSeen={(isThere) => setLooked((before) => new Map([...before, [one.captureId, isThere]]))}
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
        {chip === undefined ? null : (
          <Section title={t('chip:section')}>
            {chipSays === null ? null : (
              <Card>
                <KeyValueList
                  items={compared.map((field) => ({
                    label: t(`identity:field.${field}`),
                    value: field === 'bornOn' ? formatDate(language, chipSays.bornOn) : chipSays[field],
                  }))}
                />
              </Card>
            )}
            <ChipForm chip={reading} document={chip.document} />
            <div>
              <ReadButton chip={reading} variant="secondary" />
            </div>
          </Section>
        )}
        {compared.length === 0 || chipSays !== null ? null : (
          <DocumentSays
            fields={compared}
            says={says}
            differences={found}
            isTried={isTried}
            onChange={(field, text) => write({ says: { ...says, [field]: text } })}
          />
        )}
        {found.length === 0 ? null : (
          <Differences props={props} person={person} found={found} shown={shown} says={typed} place={place} />
        )}
        {found.length > 0 && mayOverride ? (
          <OverrideChoice found={found} value={reason} onChange={(next) => write({ reason: next })} isTried={isTried} />
        ) : null}
        {rule === undefined ? null : (
          <fieldset className="wizard-identity__ticks" aria-describedby={isRefused ? ticksError : undefined}>
            {isRefused ? (
              <div id={ticksError}>
                <ErrorText>{t('identity:check.incomplete')}</ErrorText>
              </div>
            ) : null}
            {ticks.map(({ id, text }) => (
              <CheckBox
                key={id}
                isSelected={ticked.has(id)}
                onChange={(isSelected) =>
                  write({ ticked: new Set(isSelected ? [...ticked, id] : [...ticked].filter((one) => one !== id)) })
                }
              >
                {text}
              </CheckBox>
            ))}
          </fieldset>
        )}
      </div>
    </StepScreen>
  );
}

function seenText(document: IdentityDocument, side: DocumentSide): string {
  return side === 'front' && !hasPhoto(document) ? 'identity:seen.front-without-photo' : `identity:seen.${side}`;
}

function overrideOf({ reason, note }: TypedReason, found: readonly Difference[]): OverrideReason | null {
  const written = note.trim();
  return reason === null || !mayBeReason(reason, found) || (reason === 'other' && written === '')
    ? null
    : { reason, note: written };
}
