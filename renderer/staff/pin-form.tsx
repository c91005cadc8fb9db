import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Text } from '../app/i18n.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { ActionBar, Button, Notice, TextField } from '../kit/index.ts';
import type { PinAnswer } from './staff-terminal.ts';
import './staff.css';

interface PinFormProps {
  readonly id: string;
  readonly heading: string;
  readonly lead: string;
  readonly submitLabel: string;
  /** Asked for besides the PIN: the staff number, at sign-in. */
  readonly hasNumber: boolean;
  readonly back?: ReactNode;
  /** @param left the form was left before there was an answer */
  readonly onSubmit: (entry: { number: string; pin: string }, left: AbortSignal) => Promise<PinAnswer>;
}

/** Number and PIN, or the PIN alone. A wrong PIN is emptied, a number stays. */
export function PinForm({ id, heading, lead, submitLabel, hasNumber, back, onSubmit }: PinFormProps) {
  const { t } = useLanguage();
  const formId = useId();
  const [number, setNumber] = useState('');
  const [pin, setPin] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [answer, setAnswer] = useState<PinAnswer | null>(null);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const lacksNumber = hasNumber && number.trim() === '';
  const lacksPin = pin === '';

  const submit = async () => {
    setChecked(true);
    if (lacksNumber || lacksPin || isPending) return;
    setAnswer(null);
    setPending(true);
    const form = new AbortController();
    asking.current = form;
    const next = await onSubmit({ number: number.trim(), pin }, form.signal);
    setPending(false);
    setPin('');
    setChecked(false);
    setAnswer(next);
  };

  return (
    <Screen
      id={id}
      heading={heading}
      lead={lead}
      actions={
        <ActionBar
          back={back}
          primary={
            <Button
              variant="primary"
              onPress={() => void submit()}
              isPending={isPending}
              pendingLabel={t('staff:checking')}
            >
              {submitLabel}
            </Button>
          }
        />
      }
    >
      <form
        className="staff-pin"
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {hasNumber ? (
          <TextField
            label={t('staff:number')}
            value={number}
            onChange={setNumber}
            type="text"
            name="staffNumber"
            autoComplete="off"
            inputMode="numeric"
            error={isChecked && lacksNumber ? t('staff:missing-number') : undefined}
          />
        ) : null}
        <TextField
          label={t('staff:pin')}
          value={pin}
          onChange={setPin}
          type="password"
          name="staffPin"
          autoComplete="off"
          inputMode="numeric"
          error={isChecked && lacksPin ? t('staff:missing-pin') : undefined}
        />
        {answer === null ? null : <Refusal answer={answer} t={t} />}
        <button type="submit" hidden />
      </form>
    </Screen>
  );
}

function Refusal({ answer, t }: { answer: PinAnswer; t: Text }) {
  switch (answer.kind) {
    case 'ok':
    case 'left':
      return null;
    case 'refused':
    case 'not-known-here':
      return <Notice tone="error">{t(`staff:pin-problem.${answer.kind}`)}</Notice>;
    case 'throttled':
      return (
        <Notice tone="error">
          {t('staff:pin-problem.throttled', { minutes: Math.ceil(answer.retryAfterSeconds / 60) })}
        </Notice>
      );
    case 'link-lost':
      return (
        <Notice tone="offline" title={t('link-lost.title')}>
          {t('link-lost.text')}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          {answer.correlationId === null ? null : t('unexpected.id', { id: answer.correlationId })}
        </Notice>
      );
    default:
      return cantHappen(answer);
  }
}
