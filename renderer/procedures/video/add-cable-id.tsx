import { useRef, useState } from 'react';
import type { Account } from '../../../shared/domain/account.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Card, FormColumns, KeyValueList, Notice, TextField } from '../../kit/index.ts';
import { CentralAction } from '../central-action.tsx';
import { presentProblem } from '../account/present-password.ts';
import { type LiveProblem, liveProblem } from '../live-problem.ts';

export interface AddCableIdProps {
  readonly procedureId: string;
  readonly sessionId: string;
  readonly addId: string;
  /** Whose password is asked for. */
  readonly account: Account;
  readonly onAdded: (account: Account) => void;
  readonly onLeave: () => void;
}

type Problem = LiveProblem<'CENTRAL_UNREACHABLE' | 'PRESENT_REFUSED' | 'TOO_MANY_IDS'>;

/** The password of an ID that is there opens the way to another one. */
export function AddCableId({ procedureId, sessionId, addId, account, onAdded, onLeave }: AddCableIdProps) {
  const { t, language } = useLanguage();
  const terminal = useTerminal();
  const { status } = useTerminalState();
  const [present, setPresent] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPending, setPending] = useState(false);
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);
  const isUnreachable = status?.central === 'unreachable';
  const error = presentProblem(t, present);

  const add = async () => {
    setChecked(true);
    if (error !== undefined || isBusy.current) return;
    isBusy.current = true;
    setPending(true);
    setProblem(null);
    const answer = await terminal.connection.ask((client) =>
      client.secrets.addCableId({ sessionId, addId, accountId: account.id, present, language }),
    );
    isBusy.current = false;
    setPending(false);
    if (answer.kind === 'ok') {
      setPresent('');
      void terminal.refresh();
      onAdded(answer.value);
      return;
    }
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone(sessionId);
      return;
    }
    const found = liveProblem(answer);
    // What was right is still right when the line is back.
    if (found.kind === 'present-refused') setPresent('');
    setChecked(false);
    setProblem(found);
  };

  return (
    <Screen
      id={`${procedureId} add`}
      heading={t('cable-ids:add.title')}
      lead={t(`procedures:${procedureId}.title`)}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" isDisabled={isPending} onPress={onLeave}>
              {t('back')}
            </Button>
          }
          primary={
            <CentralAction isPending={isPending} pendingLabel={t('cable-ids:add.pending')} onPress={() => void add()}>
              {t('cable-ids:add.submit')}
            </CentralAction>
          }
        />
      }
    >
      <form
        className="manage-cable-ids"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        {isUnreachable ? (
          <Notice tone="offline">
            <p>{t('unavailable:needs-central')}</p>
          </Notice>
        ) : problem === null ? null : (
          <Notice tone="error">
            <p>
              {t(`cable-ids:problem.${problem.kind}`, problem.kind === 'throttled' ? { minutes: problem.minutes } : {})}
            </p>
          </Notice>
        )}
        <Card>
          <KeyValueList items={[{ label: t('secrets:account.cable-id'), value: account.login }]} />
        </Card>
        <FormColumns
          aside={
            <Notice tone="info">
              <p>{t('cable-ids:add.then')}</p>
            </Notice>
          }
        >
          <TextField
            label={t('cable-ids:add.present')}
            value={present}
            onChange={setPresent}
            type="password"
            name="present"
            autoComplete="off"
            showPasswordLabel={t('sign-in:show-password')}
            isDisabled={isUnreachable}
            error={isChecked ? error : undefined}
          />
        </FormColumns>
        <button type="submit" hidden />
      </form>
    </Screen>
  );
}
