import { useLanguage } from '../../../app/language.tsx';
import { Button, Section } from '../../../kit/index.ts';
import type { RegistrationState } from './use-registration.ts';

/** For who can't read their mail here. */
export function OneTimeOffer({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { go, isPending } = registration;
  return (
    <Section title={t('one-time:offer.title')}>
      <p>{t('one-time:offer.text')}</p>
      <div className="register__ways">
        <Button variant="secondary" size="small" isDisabled={isPending} onPress={() => go('one-time')}>
          {t('one-time:offer.button')}
        </Button>
      </div>
    </Section>
  );
}
