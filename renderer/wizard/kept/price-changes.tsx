import { optionsOf } from '../../../shared/procedures/asked.ts';
import { formatYen } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Notice } from '../../kit/index.ts';
import type { StepProps } from '../step-props.ts';
import { useOptionName } from '../use-option-name.ts';
import type { PriceChange } from './resume-kept.ts';
import './kept.css';

/** Before → now, where a kept draft begins again and on its review. */
export function PriceChanges({ procedure, context, contracts, state, at }: StepProps) {
  const { t } = useLanguage();
  const optionName = useOptionName(procedure, context, contracts);
  const { resumed } = state;
  const isShown = resumed !== null && (at === resumed.at || procedure.steps[at]?.kind === 'review');
  if (!isShown || resumed.priceChanges.length === 0) return null;
  const nameOf = ({ choice }: PriceChange): string => {
    if (choice === null) return t('kept-drafts:changed.total');
    const options = optionsOf(procedure.steps, choice.question, context, state.draft);
    const option = options.find(({ value }) => value === choice.value);
    return option === undefined
      ? t(`procedures:${procedure.id}.labels.${choice.question}`)
      : optionName(choice.question, option);
  };
  return (
    <Notice tone="attention" title={t('kept-drafts:changed.title')}>
      <ul className="kept-changes">
        {resumed.priceChanges.map((change) => (
          <li key={`${change.choice?.question ?? ''}=${change.choice?.value ?? ''}`}>
            {t('kept-drafts:changed.line', {
              name: nameOf(change),
              before: formatYen(t, change.beforeYen),
              now: formatYen(t, change.nowYen),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
