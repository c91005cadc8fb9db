import { useState } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { STAFF_ENTRY_MOST } from '../../../shared/domain/staff.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { Button, Notice, TextField } from '../../kit/index.ts';
import type { StepProps } from '../step-props.ts';
import { StepScreen } from '../step-screen.tsx';
import './identity-step.css';

/** By number and PIN, here and now: a customers' terminal has no staff signed in, and at a counter the customer has the screen. */
export function Attest(props: StepProps & { readonly seen: readonly SeenDocument[] }) {
  const { t } = useLanguage();
  const { sessionId, procedure, state, seen, send } = props;
  const terminal = useTerminal();
  const [number, setNumber] = useState('');
  const [pin, setPin] = useState('');
  const [isTried, setTried] = useState(false);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const attest = async (): Promise<void> => {
    setTried(true);
    if (number.trim() === '' || pin === '' || isPending) return;
    if (Math.max(number.trim().length, pin.length) > STAFF_ENTRY_MOST) {
      setPin('');
      setTried(false);
      setProblem(t('staff:pin-problem.refused'));
      return;
    }
    setPending(true);
    setProblem(null);
    const { applicationId, draft } = state;
    const answer = await terminal.connection.ask((client) =>
      client.identity.attest({
        ...{ sessionId, applicationId, procedureId: procedure.id, answers: draft },
        seen: [...seen],
        number: number.trim(),
        pin,
      }),
    );
    setPending(false);
    setPin('');
    setTried(false);
    switch (answer.kind) {
      case 'ok':
        send({
          type: 'identified',
          by: { kind: 'staff', name: answer.value.staffName },
          captures: answer.value.captures,
        });
        return;
      case 'link-lost':
        setProblem(t('link-lost.text'));
        return;
      case 'failed':
        setProblem(t('unexpected.title'));
        return;
      case 'refused':
        break;
      default:
        cantHappen(answer);
    }
    switch (answer.error.code) {
      case 'SESSION_GONE':
        terminal.sessionGone(sessionId);
        return;
      case 'STAFF_REFUSED':
        setProblem(t('staff:pin-problem.refused'));
        return;
      case 'NOT_KNOWN_HERE':
        setProblem(t('staff:pin-problem.not-known-here'));
        return;
      case 'THROTTLED': {
        const minutes = Math.ceil(answer.error.data.retryAfterSeconds / 60);
        setProblem(t('staff:pin-problem.throttled', { minutes }));
        return;
      }
      case 'DIFFERS':
        setProblem(t('identity:differs.title'));
        return;
      case 'INCOMPLETE':
        setProblem(t('identity:check.incomplete'));
        return;
      default:
        cantHappen(answer.error);
    }
  };

  return (
    <StepScreen
      props={props}
      heading={t('identity:attest.title')}
      lead={t('identity:attest.lead')}
      hasPriceStrip
      primary={
        <Button
          variant="primary"
          isPending={isPending}
          pendingLabel={t('staff:checking')}
          onPress={() => void attest()}
        >
          {t('identity:attest.submit')}
        </Button>
      }
    >
      <form
        className="wizard-identity"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void attest();
        }}
      >
        {problem === null ? null : <Notice tone="error">{problem}</Notice>}
        <TextField
          label={t('staff:number')}
          value={number}
          onChange={setNumber}
          type="text"
          name="staffNumber"
          autoComplete="off"
          inputMode="numeric"
          error={isTried && number.trim() === '' ? t('staff:missing-number') : undefined}
        />
        <TextField
          label={t('staff:pin')}
          value={pin}
          onChange={setPin}
          type="password"
          name="staffPin"
          autoComplete="off"
          inputMode="numeric"
          error={isTried && pin === '' ? t('staff:missing-pin') : undefined}
        />
        <button type="submit" hidden />
      </form>
    </StepScreen>
  );
}
