import { Button, Countdown, Dialog } from '../kit/index.ts';
import type { KeepOffer } from './keep-offer.ts';
import { useLanguage } from './language.tsx';

/** Escape and a touch beside the dialog count as going on: ending must never be an accident. */
export function IdleWarning(props: {
  secondsLeft: number | null;
  onContinue: () => void;
  /** null: nothing can be kept. */
  onKeep: KeepOffer;
  onEnd: () => void;
}) {
  const { t } = useLanguage();
  return (
    <Dialog
      title={t('idle.title')}
      isOpen={props.secondsLeft !== null}
      onClose={props.onContinue}
      closeLabel={t('idle.continue')}
      role="alertdialog"
      actions={
        <>
          <Button variant="danger" onPress={props.onEnd}>
            {t('finish')}
          </Button>
          {props.onKeep === null ? null : (
            <Button variant="secondary" onPress={props.onKeep}>
              {t('kept-drafts:idle-keep')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('idle.text')}</p>
      {props.onKeep === null ? null : <p>{t('kept-drafts:idle-text')}</p>}
      {props.secondsLeft === null ? null : <Countdown secondsLeft={props.secondsLeft} label={t('idle.left')} />}
    </Dialog>
  );
}
