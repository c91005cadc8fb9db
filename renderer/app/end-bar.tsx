import { ActionBar, Button } from '../kit/index.ts';
import { useLanguage } from './language.tsx';

/** When a procedure is done: another one, or the end of the session. */
export function EndBar({ onAgain, onEnd }: { onAgain: () => void; onEnd: () => void }) {
  const { t } = useLanguage();
  return (
    <ActionBar
      back={
        <Button variant="secondary" onPress={onAgain}>
          {t('wizard:result.again')}
        </Button>
      }
      primary={
        <Button variant="primary" onPress={onEnd}>
          {t('finish')}
        </Button>
      }
    />
  );
}
