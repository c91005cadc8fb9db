import { chargesNothing } from '../../shared/domain/quote.ts';
import { useLanguage } from '../app/language.tsx';
import { Button, Card, KeyValueList, Section } from '../kit/index.ts';
import { QuoteFigures } from './quote-figures.tsx';
import { QuoteNotices } from './quote-notices.tsx';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { useAnswered } from './use-option-name.ts';
import { canSubmit } from './wizard-state.ts';
import './wizard.css';

export function ReviewStep(props: StepProps & { isSubmitting?: boolean }) {
  const { t } = useLanguage();
  const { procedure, context, contracts, quote, state, send, submit, isSubmitting = false } = props;
  const answered = useAnswered(procedure, context, contracts);
  const choices = answered(state.draft).map(({ question, label, value }) => ({
    label,
    value,
    action: { label: t('wizard:review.revise'), onPress: () => send({ type: 'revise', question }) },
  }));
  const isSetting = quote !== null && chargesNothing(quote);
  return (
    <StepScreen
      props={props}
      heading={t('wizard:review.title')}
      lead={t(`procedures:${procedure.id}.title`)}
      hasPriceStrip={false}
      primary={
        procedure.terms.length === 0 ? (
          <Button
            variant="primary"
            isDisabled={quote === null || !canSubmit(procedure, context, state)}
            isPending={isSubmitting}
            pendingLabel={t('wizard:submitting.title')}
            onPress={() => (quote === null ? undefined : submit(quote))}
          >
            {t(isSetting ? 'record-change:submit' : 'wizard:terms.submit')}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => send({ type: 'next' })}>
            {t('next')}
          </Button>
        )
      }
    >
      <div className="wizard-review">
        {quote === null ? null : <QuoteFigures quote={quote} catalog={context.catalog} contracts={contracts} />}
        {choices.length === 0 ? null : (
          <Section title={t('wizard:review.choices')}>
            <Card>
              <KeyValueList items={choices} />
            </Card>
          </Section>
        )}
        {quote === null ? null : <QuoteNotices notices={quote.notices} />}
        {isSetting ? null : <GeneralNotes hasEnergy={contracts.some((contract) => contract.group === 'energy')} />}
      </div>
    </StepScreen>
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
