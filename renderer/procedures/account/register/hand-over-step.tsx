import { Presentation } from 'lucide-react';
import { useLanguage } from '../../../app/language.tsx';
import { Button, Notice } from '../../../kit/index.ts';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

/** The terminal was locked while the customer had the screen: staff hand it over once more, or choose anew. */
export function HandOverStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { go, handOver } = registration;
  return (
    <RegisterScreen
      registration={registration}
      heading={t('staff:hand-over.title')}
      lead={t('one-time:staff.again')}
      onBack={() => go('staff')}
      primary={
        <Button variant="primary" onPress={handOver}>
          {t('staff:hand-over.submit')}
        </Button>
      }
    >
      <Notice tone="info" icon={<Presentation />} title={t('staff:hand-over.then-title')}>
        <p>{t('staff:hand-over.then-text')}</p>
      </Notice>
    </RegisterScreen>
  );
}
