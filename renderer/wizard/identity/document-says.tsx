import { SAYS_LENGTH } from '../../../shared/domain/identity-policy.ts';
import type { PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { readDate } from '../../../shared/domain/typed/typed-date.ts';
import type { Difference } from '../../../shared/procedures/known-person.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Section, TextField } from '../../kit/index.ts';

interface DocumentSaysProps {
  readonly fields: readonly PersonField[];
  readonly says: Readonly<Partial<Record<PersonField, string>>>;
  readonly differences: readonly Difference[];
  readonly isTried: boolean;
  readonly onChange: (field: PersonField, text: string) => void;
}

/** What stands on the document, typed off it as it is written there. */
export function DocumentSays({ fields, says, differences, isTried, onChange }: DocumentSaysProps) {
  const { t, language } = useLanguage();
  const day = readDate(says.bornOn ?? '');
  return (
    <Section title={t('identity:says.title')}>
      <div className="wizard-identity__fields">
        <p className="wizard-identity__note">{t('identity:says.lead')}</p>
        {fields.map((field) => {
          const text = says[field] ?? '';
          const found = differences.find((one) => one.field === field);
          const understood = day === null ? undefined : t('typed:understood', { date: formatDate(language, day) });
          return (
            <TextField
              key={field}
              label={t(`identity:says.${field}`)}
              description={field === 'bornOn' ? t('identity:says.born-on-hint') : undefined}
              understood={field === 'bornOn' ? understood : undefined}
              value={text}
              onChange={(next) => onChange(field, next.slice(0, SAYS_LENGTH))}
              type="text"
              name={`says-${field}`}
              autoComplete="off"
              keys={field === 'bornOn' ? 'date' : 'latin'}
              isRequired
              error={errorOf()}
            />
          );

          function errorOf(): string | undefined {
            if (!isTried) return undefined;
            if (text.trim() === '') return t('typed:missing');
            if (field === 'bornOn' && day === null) return t('typed:no-such-date');
            return found === undefined ? undefined : t(`identity:differs.${found.likeness}`);
          }
        })}
      </div>
    </Section>
  );
}
