import { questionsOf } from '../../shared/procedures/procedure.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import { formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Button, Card, KeyValueList, Notice, NoticeList, Section } from '../kit/index.ts';
import { QuoteFigures } from './quote-figures.tsx';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { useOptionName } from './use-option-name.ts';
import './wizard.css';

export function ReviewStep(props: StepProps) {
  const { t } = useLanguage();
  const { procedure, context, contracts, quote, state, send } = props;
  const optionName = useOptionName(procedure, context, contracts);
  const choices = questionsOf(procedure.steps).flatMap((question) => {
    const option = question.options(context, state.draft).find((one) => one.value === state.draft[question.id]);
    if (option === undefined) return [];
    return [{ label: t(`procedures:${procedure.id}.labels.${question.id}`), value: optionName(question.id, option) }];
  });
  return (
    <StepScreen
      props={props}
      heading={t('wizard:review.title')}
      lead={t(`procedures:${procedure.id}.title`)}
      hasPriceStrip={false}
      primary={
        <Button variant="primary" onPress={() => send({ type: 'next' })}>
          {t('next')}
        </Button>
      }
    >
      <div className="wizard-review">
        {quote === null ? null : <QuoteFigures quote={quote} catalog={context.catalog} contracts={contracts} />}
        <Section title={t('wizard:review.choices')}>
          <Card>
            <KeyValueList items={choices} />
          </Card>
        </Section>
        {quote === null ? null : <Notices quote={quote} />}
        <GeneralNotes hasEnergy={contracts.some((contract) => contract.group === 'energy')} />
      </div>
    </StepScreen>
  );
}

function Notices({ quote }: { quote: Quote }) {
  const { t } = useLanguage();
  if (quote.notices.length === 0) return null;
  return (
    <Section title={t('wizard:review.notices')}>
      <NoticeList>
        {quote.notices.map((notice) => (
          <Notice key={notice.id} tone={notice.id === 'ip-type-kept' ? 'info' : 'attention'}>
            {t(`notices:${notice.id}`, 'yen' in notice ? { yen: formatYen(t, notice.yen) } : {})}
          </Notice>
        ))}
      </NoticeList>
    </Section>
  );
}

function GeneralNotes({ hasEnergy }: { hasEnergy: boolean }) {
  const { t } = useLanguage();
  const notes = ['discounts', ...(hasEnergy ? ['energy'] : []), 'campaign', 'staff'];
  return (
    <Section title={t('wizard:review.notes')}>
      <ul className="wizard-notes">
        {notes.map((note) => (
          <li key={note}>{t(`prices:note.${note}`)}</li>
        ))}
      </ul>
    </Section>
  );
}
