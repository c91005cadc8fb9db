import { useState } from 'react';
import { brokenIdRules } from '../../../../shared/domain/portal-id.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, FormColumns, Notice, NoticeList, TextField } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import { Form } from '../register/form.tsx';
import { RegisterInstead } from './register-instead.tsx';
import { ResetScreen } from './reset-screen.tsx';
import type { PasswordResetState } from './use-password-reset.ts';

/** 本人認証: whose password it is. Of a customer with staff that is known. */
export function IdStep({ reset, onLeave }: { reset: PasswordResetState; onLeave: () => void }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { status, staff } = useTerminalState();
  const { entries, enter, begin, isPending, start, problem } = reset;
  const [isChecked, setChecked] = useState(false);
  const isUnreachable = status?.central === 'unreachable';
  const isWithStaff = start.kind === 'staff' && staff?.presence === 'at-work';
  const isKnown = start.kind === 'staff';
  const error = isKnown || brokenIdRules(entries.loginId).length === 0 ? undefined : t('reset-password:id.broken');
  const check = () => {
    setChecked(true);
    if (error === undefined && !isUnreachable) begin();
  };
  return (
    <ResetScreen
      reset={reset}
      heading={t(
        isWithStaff ? 'staff:hand-over.title' : isKnown ? 'reset-password:served.title' : 'reset-password:id.title',
      )}
      lead={t(isKnown ? 'reset-password:served.lead' : 'reset-password:id.lead')}
      onBack={onLeave}
      primary={
        isWithStaff ? (
          <Button variant="primary" onPress={() => terminal.staff.leave('with-customer')}>
            {t('staff:hand-over.submit')}
          </Button>
        ) : (
          <CentralAction isPending={isPending} pendingLabel={t('reset-password:id.pending')} onPress={check}>
            {t('next')}
          </CentralAction>
        )
      }
    >
      <FormColumns
        aside={
          <NoticeList>
            <Notice
              tone={problem?.kind === 'no-contact' ? 'attention' : 'info'}
              title={t('reset-password:instead.title')}
            >
              <p>{t('reset-password:instead.text')}</p>
            </Notice>
            <div className="register__ways">
              <RegisterInstead />
            </div>
          </NoticeList>
        }
      >
        {isKnown ? (
          <Notice tone="info">
            <p>{t('reset-password:served.next')}</p>
            {isWithStaff ? <p>{t('staff:hand-over.then-text')}</p> : null}
          </Notice>
        ) : (
          <Form onSubmit={check}>
            <TextField
              label={t('sign-in:id')}
              description={t('sign-in:id-description')}
              value={entries.loginId}
              onChange={(value) => enter({ loginId: value.trim() })}
              type="text"
              name="loginId"
              autoComplete="off"
              inputMode="email"
              error={isChecked ? error : undefined}
            />
          </Form>
        )}
      </FormColumns>
    </ResetScreen>
  );
}
