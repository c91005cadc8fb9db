import { useState } from 'react';
import { questionsOf } from '../../shared/procedures/asked.ts';
import { runningPrice } from '../../shared/procedures/running-price.ts';
import { formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Amount, Button, Card, KeyValueList, Sheet } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { useAnswerText } from './use-option-name.ts';
import './running-price-strip.css';

/** What the choices so far cost by the month, and 明細 behind it. */
export function RunningPriceStrip({ procedure, context, contracts, state }: StepProps) {
  const { t } = useLanguage();
  const answerText = useAnswerText(procedure, context, contracts);
  const [isOpen, setOpen] = useState(false);
  const { lines, totalYen } = runningPrice(procedure, context, state.draft);
  const total = formatYen(t, totalYen);
  const nameOf = (id: string): string => {
    const question = questionsOf(procedure.steps).find((one) => one.id === id);
    return question === undefined ? '' : answerText(question, state.draft);
  };
  return (
    <div className="wizard-running-price">
      <dl>
        <dt>{t('prices:running.total')}</dt>
        <dd>
          <Amount text={total} />
        </dd>
      </dl>
      <Button variant="secondary" size="small" onPress={() => setOpen(true)}>
        {t('prices:running.open')}
      </Button>
      {isOpen ? (
        <Sheet title={t('prices:running.title')} isOpen onClose={() => setOpen(false)} closeLabel={t('close')}>
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
          <p className="wizard-running-price__note">{t('prices:running.note')}</p>
        </Sheet>
      ) : null}
    </div>
  );
}
