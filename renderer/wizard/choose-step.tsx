import { useEffect, useRef } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { chargesNothing } from '../../shared/domain/quote.ts';
import { groupLineNumber } from '../../shared/domain/mobile/line.ts';
import { countsAnswer, countsOf, manyAnswer, manyOf, waysAnswer, waysOf } from '../../shared/procedures/answers.ts';
import { askedQuestions } from '../../shared/procedures/asked.ts';
import type {
  ChoiceDetail,
  ChoiceQuestion,
  ChoiceOption,
  PriceBasis,
  Question,
  Step,
} from '../../shared/procedures/procedure.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { formatDate, formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { nameById } from '../app/offering-name.ts';
import { Button, ChoiceGroup, CountRows, MultiChoice, Notice, WayRows } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { DataUsage } from '../procedures/mobile/data-usage.tsx';
import { NumberToActivate } from '../procedures/mobile/number-to-activate.tsx';
import { StepScreen } from './step-screen.tsx';
import { TypedAnswer } from './typed-answer.tsx';
import { useAnswerError } from './use-answer-error.ts';
import { useFirstWrong } from './use-first-wrong.ts';
import { useOptionName } from './use-option-name.ts';
import './wizard.css';

export function ChooseStep(props: StepProps & { step: Extract<Step, { kind: 'choose' }> }) {
  const { t } = useLanguage();
  const { procedure, context, step, state, quote, at, send } = props;
  const questions = askedQuestions([step], context, state.draft);
  const announce = useAnnounce();
  const { form, show } = useFirstWrong();
  const spoken = useRef(quote);
  useEffect(() => {
    if (spoken.current === quote || quote === null) return;
    spoken.current = quote;
    if (chargesNothing(quote)) return;
    const total = quote.kind === 'total' ? formatYen(t, quote.newTotalYen) : t('prices:later');
    announce(`${t('prices:new-total')} ${total}`);
  }, [quote, announce, t]);
  const dropped = state.dropped.filter((id) => step.questions.some((question) => question.id === id));
  return (
    <StepScreen
      props={props}
      heading={t(`procedures:${procedure.id}.steps.${step.id}.heading`)}
      lead={t(`procedures:${procedure.id}.steps.${step.id}.lead`)}
      hasPriceStrip={at > 0 || procedure.showsRunningPrice}
      primary={
        <Button
          variant="primary"
          onPress={() => {
            send({ type: 'next' });
            show();
          }}
        >
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
      {step.above === 'data-usage' ? <DataUsage context={context} sessionId={props.sessionId} /> : null}
      <div className="wizard-questions" ref={form}>
        {step.above === 'number-to-activate' ? (
          <NumberToActivate context={context} draft={state.draft} asked={questions} />
        ) : null}
        {questions.map((question) => (
          <QuestionField
            key={question.id}
            question={question}
            // The heading asks the step's last question; one that comes before it says itself what it asks.
            isOnly={questions.length === 1 && question === step.questions.at(-1)}
            props={props}
          />
        ))}
      </div>
    </StepScreen>
  );
}

interface QuestionProps<Asked> {
  readonly question: Asked;
  readonly isOnly: boolean;
  readonly props: StepProps;
}

function QuestionField({ question, isOnly, props }: QuestionProps<Question>) {
  return question.kind === 'text' ? (
    <TypedAnswer question={question} props={props} />
  ) : (
    <QuestionCards question={question} isOnly={isOnly} props={props} />
  );
}

function QuestionCards({ question, isOnly, props }: QuestionProps<ChoiceQuestion>) {
  const { t, language } = useLanguage();
  const { procedure, context, contracts, state, send } = props;
  const optionName = useOptionName(procedure, context, contracts);
  const answer = state.draft[question.id];

  const detailText = (detail: ChoiceDetail): string => {
    switch (detail.id) {
      case 'line-type':
        return t('choice:line-type.label', { type: t(`choice:line-type.${detail.lineType}`) });
      case 'present':
        return t('choice:current');
      case 'nth':
        return t('choice:nth', { nth: detail.nth });
      case 'free-calls':
        return t('choice:free-calls', { minutes: detail.minutes });
      case 'since':
        return t('choice:since', { date: formatDate(language, detail.date) });
      case 'wifi-free':
      case 'operator-mail':
      case 'includes-magazine':
      case 'includes-video':
        return t(`choice:${detail.id}`);
      case 'line-number':
        return t('choice:line-number', { number: groupLineNumber(detail.value) });
      case 'iccid':
        return t('choice:iccid', { number: detail.value });
      case 'needs':
        return t('choice:needs', { name: nameById(context.catalog, contracts, detail.offeringId, language) });
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
  const priceNote = (per: PriceBasis): string =>
    typeof per === 'string' ? t(`choice:per.${per}`) : t('choice:per.months', { count: per.months });
  const card = (option: ChoiceOption) => ({
    value: option.value,
    name: optionName(question.id, option),
    details: option.details.map(detailText),
    ...(option.price === null
      ? {}
      : {
          price: formatYen(t, option.price.yen),
          priceNote: priceNote(option.price.per),
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
  const label = t(`procedures:${procedure.id}.labels.${question.id}`);
  const labelVisibility = isOnly ? 'hidden' : 'shown';
  const offered = question.options(context, state.draft);
  const options = offered.map(card);
  const answered = (value: string) => send({ type: 'answered', question: question.id, value });
  const error = useAnswerError(question, props);
  switch (question.kind) {
    case 'one':
      return (
        <ChoiceGroup
          label={label}
          labelVisibility={labelVisibility}
          // What was chosen for the customer beforehand may not be for this one.
          value={offered.find(({ value, disabled }) => value === answer && disabled === null)?.value ?? null}
          onChange={answered}
          options={options}
          selectedLabel={t('choice:selected')}
          error={error}
        />
      );
    case 'many':
      return (
        <MultiChoice
          label={label}
          labelVisibility={labelVisibility}
          hint={t('choice:any-or-none')}
          values={manyOf(answer)}
          onChange={(values) => answered(manyAnswer(values))}
          options={options}
          error={error}
        />
      );
    case 'counts': {
      const counts = countsOf(answer);
      return (
        <CountRows
          label={label}
          rows={options.map((option) => {
            const count = counts.get(option.value) ?? 0;
            return { ...option, count, countText: t('choice:count', { count }) };
          })}
          atMost={question.atMost}
          onChange={(value, count) => answered(countsAnswer(new Map([...counts, [value, count]])))}
          fewerLabel={t('choice:fewer')}
          moreLabel={t('choice:more')}
          error={error}
        />
      );
    }
    case 'each': {
      const ways = waysOf(answer);
      const values = options.map(({ value }) => value);
      return (
        <WayRows
          label={label}
          labelVisibility={labelVisibility}
          rows={options.map((option) => ({ ...option, way: ways.get(option.value) ?? null }))}
          ways={question.ways.map((way) => ({
            value: way,
            name: t(`procedures:${procedure.id}.${question.id}.${way}`),
          }))}
          selectedLabel={t('choice:selected')}
          onChange={(value, way) => answered(waysAnswer(values, new Map([...ways, [value, way]])))}
          error={error}
        />
      );
    }
    default:
      return cantHappen(question);
  }
}
