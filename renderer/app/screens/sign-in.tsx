import { FileClock, KeyRound, Ticket, UserPlus, UserSearch } from 'lucide-react';
import { useId, useState } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { ActionBar, Button, LinkRow, LinkRows, Notice, TextField } from '../../kit/index.ts';
import type { Text } from '../i18n.ts';
import { useLanguage } from '../language.tsx';
import { DRAFTS, go, ONE_TIME, procedureHash } from '../route.ts';
import { Screen } from '../screen.tsx';
import type { SignInAnswer } from '../terminal.ts';
import { useTerminal, useTerminalState } from '../terminal-context.tsx';
import './sign-in.css';

type Missing = { readonly loginId: boolean; readonly password: boolean };

export function SignIn({ onBack }: { onBack: () => void }) {
  const { t, language } = useLanguage();
  const terminal = useTerminal();
  const { status, link } = useTerminalState();
  const formId = useId();
  const [loginId, setLoginId] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<Missing>({ loginId: false, password: false });
  const [isPending, setPending] = useState(false);
  const [answer, setAnswer] = useState<SignInAnswer | null>(null);
  const isUnreachable = status?.central === 'unreachable';

  const submit = async () => {
    const lacking = { loginId: loginId.trim() === '', password: password === '' };
    setMissing(lacking);
    if (lacking.loginId || lacking.password || isPending || isUnreachable) return;
    setAnswer(null);
    setPending(true);
    const next = await terminal.signIn({ loginId: loginId.trim(), password, language });
    setPending(false);
    setPassword('');
    setAnswer(next);
  };

  return (
    <Screen
      id="sign-in"
      heading={t('sign-in:title')}
      lead={t('sign-in:lead')}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={onBack}>
              {t('back')}
            </Button>
          }
          primary={
            <Button
              variant="primary"
              onPress={() => void submit()}
              isDisabled={isUnreachable || link !== 'open'}
              isPending={isPending}
              pendingLabel={t('sign-in:pending')}
            >
              {t('sign-in:submit')}
            </Button>
          }
        />
      }
    >
      {isUnreachable ? (
        <Notice tone="offline" title={t('sign-in:unreachable-title')}>
          {t('sign-in:unreachable')}
        </Notice>
      ) : null}
      <form
        className="sign-in"
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={t('sign-in:id')}
          description={t('sign-in:id-description')}
          value={loginId}
          onChange={setLoginId}
          type="text"
          name="loginId"
          autoComplete="off"
          inputMode="email"
          isDisabled={isUnreachable}
          error={missing.loginId && loginId.trim() === '' ? t('sign-in:missing-id') : undefined}
        />
        <TextField
          label={t('sign-in:password')}
          value={password}
          onChange={setPassword}
          type="password"
          name="password"
          autoComplete="off"
          showPasswordLabel={t('sign-in:show-password')}
          isDisabled={isUnreachable}
          error={missing.password && password === '' ? t('sign-in:missing-password') : undefined}
        />
        {answer === null ? null : <Refusal answer={answer} t={t} />}
        <button type="submit" hidden />
      </form>
      <LinkRows>
        <LinkRow
          title={t('sign-in:register')}
          description={t('sign-in:register-description')}
          icon={<UserPlus />}
          onPress={() => go(procedureHash('account.register'))}
        />
        <LinkRow
          title={t('sign-in:reset')}
          description={t('sign-in:reset-description')}
          icon={<KeyRound />}
          onPress={() => go(procedureHash('account.reset-password'))}
        />
        <LinkRow
          title={t('sign-in:recover')}
          description={t('sign-in:recover-description')}
          icon={<UserSearch />}
          onPress={() => go(procedureHash('account.recover-id'))}
        />
        <LinkRow
          title={t('one-time:entry.title')}
          description={t('one-time:entry.description')}
          icon={<Ticket />}
          onPress={() => go(ONE_TIME)}
        />
        <LinkRow
          title={t('kept-drafts:entry.title')}
          description={t('kept-drafts:entry.description')}
          icon={<FileClock />}
          onPress={() => go(DRAFTS)}
        />
      </LinkRows>
    </Screen>
  );
}

function Refusal({ answer, t }: { answer: SignInAnswer; t: Text }) {
  switch (answer.kind) {
    case 'signed-in':
    case 'left':
      return null;
    case 'refused':
      return <Notice tone="error">{t('sign-in:refused')}</Notice>;
    case 'throttled':
      return (
        <Notice tone="error">{t('sign-in:throttled', { minutes: Math.ceil(answer.retryAfterSeconds / 60) })}</Notice>
      );
    case 'central-unreachable':
      return (
        <Notice tone="offline" title={t('sign-in:unreachable-title')}>
          {t('sign-in:unreachable')}
        </Notice>
      );
    case 'link-lost':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          {t('unexpected.text')}
        </Notice>
      );
    case 'failed':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          <p>{t('unexpected.text')}</p>
          {answer.correlationId === null ? null : <p>{t('unexpected.id', { id: answer.correlationId })}</p>}
        </Notice>
      );
    default:
      return cantHappen(answer);
  }
}
