import { OVERRIDE_NOTE_LENGTH, OVERRIDE_REASONS, type OverrideReason } from '../../../shared/domain/identity-policy.ts';
import { type Difference, mayBeReason } from '../../../shared/procedures/known-person.ts';
import { useLanguage } from '../../app/language.tsx';
import { ChoiceGroup, Section, TextField } from '../../kit/index.ts';

export interface TypedReason {
  readonly reason: OverrideReason['reason'] | null;
  readonly note: string;
}
export const NO_REASON: TypedReason = { reason: null, note: '' };

interface OverrideChoiceProps {
  readonly found: readonly Difference[];
  readonly value: TypedReason;
  readonly onChange: (value: TypedReason) => void;
  readonly isTried: boolean;
}

/** Why it is the same person all the same: it goes on record under the number of whoever says so. */
export function OverrideChoice({ found, value, onChange, isTried }: OverrideChoiceProps) {
  const { t } = useLanguage();
  const { reason, note } = value;
  return (
    <Section title={t('identity:override.title')}>
      <div className="wizard-identity__fields">
        <p className="wizard-identity__note">{t('identity:override.lead')}</p>
        <ChoiceGroup
          label={t('identity:override.reason')}
          value={reason}
          onChange={(next) => onChange({ reason: OVERRIDE_REASONS.find((one) => one === next) ?? null, note })}
          selectedLabel={t('choice:selected')}
          options={OVERRIDE_REASONS.filter((one) => mayBeReason(one, found)).map((one) => ({
            value: one,
            name: t(`identity:override.reasons.${one}`),
          }))}
          error={undefined}
        />
        <TextField
          label={t(reason === 'other' ? 'identity:override.note-needed' : 'identity:override.note')}
          value={note}
          onChange={(text) => onChange({ reason, note: text.slice(0, OVERRIDE_NOTE_LENGTH) })}
          type="text"
          name="overrideNote"
          autoComplete="off"
          isRequired={reason === 'other'}
          error={isTried && reason === 'other' && note.trim() === '' ? t('typed:missing') : undefined}
        />
      </div>
    </Section>
  );
}
