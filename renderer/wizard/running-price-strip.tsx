import { questionsOf } from '../../shared/procedures/asked.ts';
import { runningPrice } from '../../shared/procedures/running-price.ts';
import { formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Amount, Card, KeyValueList } from '../kit/index.ts';
import { PriceBar } from './price-bar.tsx';
import type { StepProps } from './step-props.ts';
import { useAnswerText } from './use-option-name.ts';

/** What the choices so far cost by the month. */
export function RunningPriceStrip({ procedure, context, contracts, state }: StepProps) {
  const { t } = useLanguage();
  const answerText = useAnswerText(procedure, context, contracts);
  const { lines, totalYen } = runningPrice(procedure, context, state.draft);
  const total = formatYen(t, totalYen);
  const nameOf = (id: string): string => {
    const question = questionsOf(procedure.steps).find((one) => one.id === id);
    return question === undefined ? '' : answerText(question, state.draft);
  };
  return (
    <PriceBar
      title={t('prices:running.title')}
      price={
        <dl className="wizard-price-bar__running">
          <dt>{t('prices:running.total')}</dt>
          <dd>
            <Amount text={total} />
          </dd>
        </dl>
      }
    >
      {lines.length === 0 ? (
        <p>{t('prices:running.none')}</p>
      ) : (
        <Card>
          <KeyValueList
            items={[
              ...lines.map(({ question, yen }) => ({ label: nameOf(question), value: formatYen(t, yen) })),
              { label: t('prices:running.total'), value: total },
            ]}
          />
        </Card>
      )}
      <p className="wizard-price-bar__note">{t('prices:running.note')}</p>
    </PriceBar>
  );
}
