import { useLanguage } from '../../../app/language.tsx';
import { go, SIGN_IN } from '../../../app/route.ts';
import { ActionBar, Button } from '../../../kit/index.ts';

/** When there is a new password: a guest may sign in with it. */
export function EndOfReset({ isGuest, onEnd }: { isGuest: boolean; onEnd: () => void }) {
  const { t } = useLanguage();
  if (!isGuest) {
    return (
      <ActionBar
        primary={
          <Button variant="primary" onPress={onEnd}>
            {t('finish')}
          </Button>
        }
      />
    );
  }
  return (
    <ActionBar
      back={
        <Button variant="secondary" onPress={onEnd}>
          {t('finish')}
        </Button>
      }
      primary={
        <Button variant="primary" onPress={() => go(SIGN_IN)}>
          {t('register:done.sign-in')}
        </Button>
      }
    />
  );
}
