import { optionsOf } from '../../../shared/procedures/asked.ts';
import { formatYen } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Notice } from '../../kit/index.ts';
import type { StepProps } from '../step-props.ts';
import { useOptionName } from '../use-option-name.ts';
import { type PriceChange, priceChanges } from './resume-kept.ts';
import './kept.css';

/** Before → now, where a kept draft begins again and on its review. */
export function PriceChanges({ procedure, context, contracts, state, at }: StepProps) {
  const { t } = useLanguage();
  const optionName = useOptionName(procedure, context, contracts);
  const { resumed } = state;
  const isShown = resumed !== null && (at === resumed.at || procedure.steps[at]?.kind === 'review');
  const changes = isShown ? priceChanges(procedure, context, state.draft, resumed.content) : [];
  if (changes.length === 0) return null;
  const nameOf = ({ of }: PriceChange): string => {
    if (of.kind === 'fee') return t(`prices:once.${of.id}`);
    if (of.kind !== 'choice') return t(`kept-drafts:changed.${of.kind}`);
    const options = optionsOf(procedure.steps, of.question, context, state.draft);
    const option = options.find(({ value }) => value === of.value);
    return option === undefined
      ? t(`procedures:${procedure.id}.labels.${of.question}`)
      : optionName(of.question, option);
  };
  return (
    <Notice tone="attention" title={t('kept-drafts:changed.title')}>
      <ul className="kept-changes">
        {changes.map((change) => (
          <li key={JSON.stringify(change.of)}>
            {t('kept-drafts:changed.line', {
              name: nameOf(change),
              before: formatYen(t, change.beforeYen),
              now: change.nowYen === null ? t('kept-drafts:changed.told-later') : formatYen(t, change.nowYen),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
