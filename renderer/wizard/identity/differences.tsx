import { PencilLine } from 'lucide-react';
import type { IdentifiedPerson, Place } from '../../../shared/domain/identity-policy.ts';
import type { PersonField } from '../../../shared/domain/mobile/same-person.ts';
import type { Difference } from '../../../shared/procedures/known-person.ts';
import { useLanguage } from '../../app/language.tsx';
import { Button, Notice } from '../../kit/index.ts';
import type { StepProps } from '../step-props.ts';

interface DifferencesProps {
  readonly props: StepProps;
  readonly person: IdentifiedPerson;
  readonly found: readonly Difference[];
  readonly shown: Readonly<Record<PersonField, string>>;
  readonly says: Readonly<Partial<Record<PersonField, string>>>;
  readonly place: Place;
}

/** Field by field what the application and the document say, and what can be done about it. */
export function Differences({ props, person, found, shown, says, place }: DifferencesProps) {
  const { t } = useLanguage();
  const { procedure, state, send } = props;
  const step = procedure.steps.find(({ kind }) => kind === 'identity');
  const equalFor = step?.kind === 'identity' ? step.equalFor(state.draft, person) : null;
  const isBornOn = found.some(({ field }) => field === 'bornOn');
  return (
    <Notice tone="attention" title={t('identity:differs.title')}>
      <ul className="wizard-identity__list">
        {found.map(({ field, likeness }) => (
          <li key={field}>
            {t('identity:differs.row', {
              field: t(`identity:field.${field}`),
              ...{ application: shown[field], document: says[field] ?? '' },
            })}
            {likeness === 'variant' ? t('identity:differs.variant-remark') : ''}
          </li>
        ))}
      </ul>
      <p>
        {t(
          isBornOn
            ? 'identity:differs.put-right'
            : equalFor === null
              ? `identity:differs.what-now.${place}`
              : 'identity:differs.what-now.equal',
        )}
      </p>
      {isBornOn && step?.kind === 'identity' ? (
        <div className="wizard-identity__way">
          <Button
            variant="secondary"
            size="small"
            icon={<PencilLine />}
            onPress={() => send({ type: 'revise', question: step.bornOnQuestion(person) })}
          >
            {t('identity:differs.revise')}
          </Button>
        </div>
      ) : equalFor === null ? null : (
        <div className="wizard-identity__way">
          <Button
            variant="secondary"
            size="small"
            icon={<PencilLine />}
            onPress={() => send({ type: 'revise', question: equalFor })}
          >
            {t('identity:differs.other-number')}
          </Button>
        </div>
      )}
    </Notice>
  );
}
