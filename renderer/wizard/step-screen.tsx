import type { ReactNode } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { chargesNothing } from '../../shared/domain/quote.ts';
import { isAsked } from '../../shared/procedures/asked.ts';
import type { Draft, Procedure, ProcedureContext, Step } from '../../shared/procedures/procedure.ts';
import type { Text } from '../app/i18n.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { ActionBar, Button, Notice, StepBar, type StepBarProps } from '../kit/index.ts';
import { QuoteStrip } from './quote-strip.tsx';
import { RunningPriceStrip } from './running-price-strip.tsx';
import { PriceChanges } from './kept/price-changes.tsx';
import { stepAt } from './wizard-state.ts';
import { ProblemNotice } from './problem-notice.tsx';
import type { StepProps } from './step-props.ts';

type StepState = StepBarProps['steps'][number]['state'];

interface StepScreenProps {
  readonly props: StepProps;
  readonly heading: string;
  readonly lead?: string | undefined;
  /** Where the figures aren't on the page itself. */
  readonly hasPriceStrip: boolean;
  readonly primary: ReactNode;
  /** Something is under way that is waited for. */
  readonly isBackDisabled?: boolean;
  readonly children: ReactNode;
}

/** One step: where the customer is, one question, the price in sight, 戻る and one primary action. */
export function StepScreen({
  props,
  heading,
  lead,
  hasPriceStrip,
  primary,
  isBackDisabled,
  children,
}: StepScreenProps) {
  const { t } = useLanguage();
  const { procedure, context, at, corrects, quote, state, onBack, onCancel, onKeep, hasAnswers } = props;
  const priceStrip = (): ReactNode => {
    if (!hasPriceStrip) return undefined;
    if (procedure.showsRunningPrice && stepAt(procedure, at).kind === 'choose') return <RunningPriceStrip {...props} />;
    return quote === null || chargesNothing(quote) ? undefined : <QuoteStrip quote={quote} context={context} />;
  };
  return (
    <Screen
      id={`${procedure.id} ${at}`}
      heading={heading}
      lead={lead}
      above={<Steps procedure={procedure} at={at} context={context} draft={state.draft} />}
      priceStrip={priceStrip()}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={onBack} isDisabled={isBackDisabled}>
              {t('back')}
            </Button>
          }
          extra={
            <>
              {onKeep === null ? null : (
                <Button variant="quiet" onPress={onKeep} isDisabled={!hasAnswers}>
                  {t('kept-drafts:keep')}
                </Button>
              )}
              <Button variant="quiet" onPress={onCancel}>
                {t('cancel')}
              </Button>
            </>
          }
          primary={primary}
        />
      }
    >
      {corrects === null ? null : <Notice tone="info">{t('wizard:corrects', { number: corrects })}</Notice>}
      <PriceChanges {...props} />
      {state.problem === null ? null : <ProblemNotice problem={state.problem} />}
      {children}
    </Screen>
  );
}

interface StepsProps {
  readonly procedure: Procedure;
  /** Beyond the last step: everything is done. */
  readonly at: number;
  readonly context: ProcedureContext;
  /** Steps that its answers pass over don't stand there. */
  readonly draft: Draft;
}

export function Steps({ procedure, at, context, draft }: StepsProps) {
  const { t } = useLanguage();
  const stateOf = (index: number): StepState => (index < at ? 'done' : index === at ? 'current' : 'todo');
  return (
    <StepBar
      label={t('wizard:steps-label')}
      steps={[
        ...procedure.steps.flatMap((step, index) =>
          isAsked(step, context, draft)
            ? [{ id: step.id, label: stepLabel(t, procedure, step), state: stateOf(index) }]
            : [],
        ),
        { id: 'done', label: t('wizard:steps.done'), state: stateOf(procedure.steps.length) },
      ]}
    />
  );
}

function stepLabel(t: Text, procedure: Procedure, step: Step): string {
  switch (step.kind) {
    case 'choose':
      return t(`procedures:${procedure.id}.steps.${step.id}.short`);
    case 'review':
      return t('wizard:steps.review');
    case 'terms':
      return t('wizard:steps.terms');
    case 'identity':
      return t('identity:step');
    default:
      return cantHappen(step);
  }
}
