import { useEffect, useState } from 'react';
import { Button, Countdown, Dialog, FullScreenSign, Sheet } from '../index.ts';
import type { SceneProps } from './scene.tsx';
import { textsOf } from './texts.ts';

export function Idle({ lang }: SceneProps) {
  const t = textsOf(lang);
  const [seconds, setSeconds] = useState(30);
  useEffect(() => {
    const timer = setTimeout(() => setSeconds(22), 500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Dialog
      title={t.idleTitle}
      isOpen
      onClose={() => undefined}
      closeLabel={t.continue}
      role="alertdialog"
      actions={
        <Button variant="danger" onPress={() => undefined}>
          {t.finishNow}
        </Button>
      }
    >
      <p>{t.idleText}</p>
      <Countdown secondsLeft={seconds} label={t.secondsLeft} />
    </Dialog>
  );
}

export function TermsSheet({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <Sheet
      title={t.t1}
      isOpen
      onClose={() => undefined}
      closeLabel={t.close}
      actions={
        <Button variant="primary" onPress={() => undefined}>
          {t.close}
        </Button>
      }
    >
      {Array.from({ length: 12 }, (_, position) => (
        <p key={position}>{t.termsBody}</p>
      ))}
    </Sheet>
  );
}

export function Sign({ lang }: SceneProps) {
  const t = textsOf(lang);
  return (
    <FullScreenSign
      title={t.signStaff}
      text={t.signStaffText}
      actions={
        <Button variant="secondary" onPress={() => undefined}>
          {t.stopCalling}
        </Button>
      }
    />
  );
}
