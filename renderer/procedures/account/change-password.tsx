import { Printer } from 'lucide-react';
import { useId, useState } from 'react';
import type { ChangedPassword } from '../../../shared/contract/secrets.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { brokenRules, type ChosenPassword } from '../../../shared/domain/password-rule.ts';
import { EndBar } from '../../app/end-bar.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Card, FormColumns, KeyValueList, Notice, TextField } from '../../kit/index.ts';
import { CentralAction } from '../central-action.tsx';
import { PasswordRules } from './password-rules.tsx';
import { presentProblem } from './present-password.ts';
import { type ChangePhase, type ChangeProblem, usePasswordChange } from './use-password-change.ts';
import './change-password.css';

export interface ChangePasswordProps {
  readonly procedureId: string;
  readonly sessionId: string;
  readonly kind: ChosenPassword;
  /** null: the iTSCOM ID. */
  readonly account: Account | null;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

const NOTHING = { present: '', next: '', again: '' };

/** 変更: the present password and the new one twice, then a look at what it means, then done. */
export function ChangePassword({ procedureId, sessionId, kind, account, onLeave, onEnd }: ChangePasswordProps) {
  const { t, language } = useLanguage();
  const { status } = useTerminalState();
  const formId = useId();
  const [entries, setEntries] = useState(NOTHING);
  const [isChecked, setChecked] = useState(false);
  const accountId = account?.id ?? null;
  const { phase, enter, confirm, change, print } = usePasswordChange({ sessionId, accountId, language });
  const isUnreachable = status?.central === 'unreachable';
  const errors = {
    present: presentProblem(t, entries.present),
    next: brokenRules(kind, entries.next).length > 0 ? t('password-change:broken') : undefined,
    again: entries.next === entries.again ? undefined : t('password-change:differs'),
  };
  const check = () => {
    setChecked(true);
    if (Object.values(errors).every((error) => error === undefined)) confirm();
  };
  const send = async () => {
    const outcome = await change(entries);
    if (outcome === 'unclear') return;
    // Done with, or typed anew: what was typed stays no longer than it is needed.
    setEntries(outcome === 'changed' || outcome.kind === 'present-refused' ? NOTHING : entries);
    setChecked(false);
  };
  const field = (name: keyof typeof entries) => ({
    label: t(`password-change:${name}`),
    value: entries[name],
    onChange: (value: string) => setEntries((now) => ({ ...now, [name]: value })),
    type: 'password' as const,
    name,
    autoComplete: 'off',
    showPasswordLabel: t('sign-in:show-password'),
    isDisabled: isUnreachable,
    error: isChecked ? errors[name] : undefined,
  });

  switch (phase.kind) {
    case 'done':
      return (
        <Done
          phase={phase}
          procedureId={procedureId}
          onPrint={() => print(phase.changed)}
          onLeave={onLeave}
          onEnd={onEnd}
        />
      );
    case 'confirming':
    case 'changing':
      return (
        <Screen
          id={`${procedureId} confirm`}
          heading={t('password-change:confirm-title')}
          lead={t(`procedures:${procedureId}.title`)}
          actions={
            <ActionBar
              back={
                // Whoever went back would change once more what may be changed already.
                <Button
                  variant="secondary"
                  isDisabled={phase.kind === 'changing'}
                  onPress={phase.isUnclear ? onEnd : enter}
                >
                  {t(phase.isUnclear ? 'finish' : 'back')}
                </Button>
              }
              primary={
                <CentralAction
                  isPending={phase.kind === 'changing'}
                  pendingLabel={t('password-change:pending')}
                  onPress={() => void send()}
                >
                  {t('password-change:submit')}
                </CentralAction>
              }
            />
          }
        >
          <div className="change-password">
            <Problem problem={phase.problem} />
            <Card>
              <KeyValueList
                items={[
                  ...(account === null ? [] : [{ label: t(`secrets:account.${account.kind}`), value: account.login }]),
                  { label: t('secrets:password'), value: t('password-change:hidden') },
                ]}
              />
            </Card>
            <Notice tone="attention">
              <p>{t('password-change:confirm-lead')}</p>
            </Notice>
            <Notice tone="info">
              <p>{t('password-change:mail')}</p>
            </Notice>
          </div>
        </Screen>
      );
    case 'entering':
      return (
        <Screen
          id={`${procedureId} enter`}
          heading={t('password-change:title')}
          lead={t(`procedures:${procedureId}.title`)}
          actions={
            <ActionBar
              back={
                <Button variant="secondary" onPress={onLeave}>
                  {t('back')}
                </Button>
              }
              primary={
                <Button variant="primary" isDisabled={isUnreachable} onPress={check}>
                  {t('password-change:check')}
                </Button>
              }
            />
          }
        >
          <form
            className="change-password"
            id={formId}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              check();
            }}
          >
            {isUnreachable ? (
              <Notice tone="offline">
                <p>{t('unavailable:needs-central')}</p>
              </Notice>
            ) : (
              <Problem problem={phase.problem} />
            )}
            <FormColumns aside={<PasswordRules kind={kind} next={entries.next} again={entries.again} />}>
              <TextField {...field('present')} />
              <TextField {...field('next')} />
              <TextField {...field('again')} />
            </FormColumns>
            <button type="submit" hidden />
          </form>
        </Screen>
      );
  }
}

function Problem({ problem }: { problem: ChangeProblem | null }) {
  const { t } = useLanguage();
  if (problem === null) return null;
  const minutes = problem.kind === 'throttled' ? { minutes: problem.minutes } : {};
  return (
    <Notice tone="error">
      <p>{t(`password-change:problem.${problem.kind}`, minutes)}</p>
    </Notice>
  );
}

interface DoneProps {
  readonly phase: Extract<ChangePhase, { kind: 'done' }>;
  readonly procedureId: string;
  readonly onPrint: () => void;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

function Done({ phase, procedureId, onPrint, onLeave, onEnd }: DoneProps) {
  const { t } = useLanguage();
  const { changed, slip } = phase;
  return (
    <Screen
      id={`${procedureId} done`}
      heading={t('password-change:done-title')}
      lead={t('password-change:done-text')}
      actions={<EndBar onAgain={onLeave} onEnd={onEnd} />}
    >
      <div className="change-password">
        <Card>
          <KeyValueList items={itemsOf(changed)} />
        </Card>
        <Notice tone={isTrouble(slip) ? 'attention' : 'info'} icon={<Printer />} title={slipTitle()}>
          <p>{t('secrets:slip.changed-text')}</p>
          <Button
            variant="secondary"
            size="small"
            isPending={slip === 'printing'}
            pendingLabel={t('password-change:printing')}
            onPress={onPrint}
          >
            {t('password-change:print')}
          </Button>
        </Notice>
      </div>
    </Screen>
  );

  function itemsOf({ kind, login }: ChangedPassword) {
    return [
      { label: t(`secrets:account.${kind}`), value: login },
      { label: t('secrets:password'), value: t('password-change:hidden') },
    ];
  }

  function slipTitle(): string | undefined {
    if (slip === 'printed' || slip === 'no-status') return t('password-change:printed');
    return isTrouble(slip) ? t('password-change:not-printed') : undefined;
  }
}

function isTrouble(slip: DoneProps['phase']['slip']): boolean {
  return slip === 'refused' || slip === 'failed' || slip === 'unknown';
}
