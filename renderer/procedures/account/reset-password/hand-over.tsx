import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { Button, Notice } from '../../../kit/index.ts';
import { ResetScreen, type ResetScreenProps } from './reset-screen.tsx';

/** Staff took the screen back: what the customer answers, and the password, are not for them. */
export function HandOver({ reset, onBack }: Pick<ResetScreenProps, 'reset' | 'onBack'>) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  return (
    <ResetScreen
      reset={reset}
      heading={t('staff:hand-over.title')}
      onBack={onBack}
      primary={
        <Button variant="primary" onPress={() => terminal.staff.leave('with-customer')}>
          {t('staff:hand-over.submit')}
        </Button>
      }
    >
      <Notice tone="info" title={t('staff:hand-over.then-title')}>
        <p>{t('secrets:confirm.hand-over')}</p>
        <p>{t('staff:hand-over.then-text')}</p>
      </Notice>
    </ResetScreen>
  );
}
