import { useLanguage } from '../../../app/language.tsx';
import { go, procedureHash } from '../../../app/route.ts';
import { Button } from '../../../kit/index.ts';

/** Without a mail that can be read there is no new password alone (p.18): ID and password are registered anew. */
export function RegisterInstead() {
  const { t } = useLanguage();
  return (
    <Button variant="secondary" size="small" onPress={() => go(procedureHash('account.recover-id'))}>
      {t('reset-password:instead.button')}
    </Button>
  );
}
