import { useLanguage } from '../../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, ChoiceGroup, Notice } from '../../../kit/index.ts';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** Staff choose where the customer enters ID and password, and hand the screen over: the terms are the customer's to read. */
export function StaffStep({ registration, onLeave }: { registration: RegistrationState; onLeave: () => void }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { status, staff } = useTerminalState();
  const { entries, enter, go } = registration;
  const isWithStaff = staff?.presence === 'at-work';
  return (
    <RegisterScreen
      registration={registration}
      heading={t('one-time:staff.title')}
      lead={t('one-time:staff.lead')}
      onBack={onLeave}
      primary={
        <Button
          variant="primary"
          isDisabled={status?.central === 'unreachable'}
          onPress={() => {
            if (isWithStaff) terminal.staff.leave('with-customer');
            go('terms');
          }}
        >
          {t(isWithStaff ? 'staff:hand-over.submit' : 'next')}
        </Button>
      }
    >
      <ChoiceGroup
        label={t('one-time:staff.title')}
        labelVisibility="hidden"
        value={entries.way}
        onChange={(value) => enter({ way: value === 'slip' ? 'slip' : 'here' })}
        options={[
          { value: 'here', name: t('one-time:staff.here'), details: [t('one-time:staff.here-text')] },
          { value: 'slip', name: t('one-time:staff.slip'), details: [t('one-time:staff.slip-text')] },
        ]}
        selectedLabel={t('choice:selected')}
      />
      {isWithStaff ? (
        <Notice tone="info" title={t('staff:hand-over.then-title')}>
          <p>{t('staff:hand-over.then-text')}</p>
        </Notice>
      ) : null}
    </RegisterScreen>
  );
}
