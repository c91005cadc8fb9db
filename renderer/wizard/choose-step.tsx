import { useEffect, useRef } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { ChoiceDetail, ChoiceOption, Question, Step } from '../../shared/procedures/procedure.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { nameById } from '../app/offering-name.ts';
import { Button, ChoiceGroup, Notice } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { useOptionName } from './use-option-name.ts';
import './wizard.css';

export function ChooseStep(props: StepProps & { step: Extract<Step, { kind: 'choose' }> }) {
  const { t } = useLanguage();
  const { procedure, step, state, quote, at, send } = props;
  const announce = useAnnounce();
  const spoken = useRef(quote);
  useEffect(() => {
    if (spoken.current === quote || quote === null) return;
    spoken.current = quote;
    const total = quote.kind === 'total' ? formatYen(t, quote.newTotalYen) : t('prices:later');
    announce(`${t('prices:new-total')} ${total}`);
  }, [quote, announce, t]);
  const dropped = state.dropped.filter((id) => step.questions.some((question) => question.id === id));
  return (
    <StepScreen
      props={props}
      heading={t(`procedures:${procedure.id}.steps.${step.id}.heading`)}
      lead={t(`procedures:${procedure.id}.steps.${step.id}.lead`)}
      hasPriceStrip={at > 0}
      primary={
        <Button variant="primary" onPress={() => send({ type: 'next' })}>
          {t('next')}
        </Button>
      }
    >
      {dropped.length > 0 ? (
        <Notice tone="attention" title={t('wizard:dropped-title')}>
          {t('wizard:dropped', {
            names: dropped.map((id) => t(`procedures:${procedure.id}.labels.${id}`)).join(t('wizard:separator')),
          })}
        </Notice>
      ) : null}
      <div className="wizard-questions">
        {step.questions.map((question) => (
          <QuestionCards key={question.id} question={question} isOnly={step.questions.length === 1} props={props} />
        ))}
      </div>
    </StepScreen>
  );
}

function QuestionCards({ question, isOnly, props }: { question: Question; isOnly: boolean; props: StepProps }) {
  const { t, language } = useLanguage();
  const { procedure, context, contracts, state, send } = props;
  const optionName = useOptionName(procedure, context, contracts);
  const value = state.draft[question.id] ?? null;

  const detailText = (detail: ChoiceDetail): string => {
    switch (detail.id) {
      case 'line-type':
        return t('choice:line-type.label', { type: t(`choice:line-type.${detail.lineType}`) });
      case 'wifi-free':
        return t('choice:wifi-free');
      case 'contains':
        return t('choice:contains', {
          names: detail.offeringIds
            .map((id) => nameById(context.catalog, contracts, id, language))
            .join(t('choice:separator')),
        });
      default:
        return cantHappen(detail);
    }
  };
  const card = (option: ChoiceOption) => ({
    value: option.value,
    name: optionName(question.id, option),
    details: option.details.map(detailText),
    ...(option.price === null
      ? {}
      : {
          price: formatYen(t, option.price.yen),
          priceNote: t(`choice:per.${option.price.per}`),
          ...(option.price.sample ? { badge: t('choice:sample') } : {}),
        }),
    ...(option.disabled === null
      ? {}
      : {
          isDisabled: true,
          badge: t(`choice:${option.disabled}`),
          disabledReason: t(`choice:${option.disabled}-reason`),
        }),
  });
  return (
    <ChoiceGroup
      label={t(`procedures:${procedure.id}.labels.${question.id}`)}
      labelVisibility={isOnly ? 'hidden' : 'shown'}
      value={value}
      onChange={(next) => send({ type: 'answered', question: question.id, value: next })}
      options={question.options(context, state.draft).map(card)}
      selectedLabel={t('choice:selected')}
      error={state.isChecked && value === null ? t('wizard:missing') : undefined}
    />
  );
}
