import { Hand } from 'lucide-react';
import { useEffect, useState } from 'react';
import callSound from '../../resources/sounds/call.wav?url';
import { Button, FullScreenSign } from '../kit/index.ts';
import { useLanguage } from './language.tsx';

/** 係員を呼ぶ: a sign that is seen and heard across the shop until someone ends it. */
export function CallStaff() {
  const { t } = useLanguage();
  const [isCalling, setCalling] = useState(false);
  return (
    <>
      <Button variant="secondary" size="small" icon={<Hand />} onPress={() => setCalling(true)}>
        {t('call-staff')}
      </Button>
      {isCalling ? <Sign onDismiss={() => setCalling(false)} /> : null}
    </>
  );
}

function Sign({ onDismiss }: { onDismiss: () => void }) {
  const { t } = useLanguage();
  useEffect(() => {
    const sound = new Audio(callSound);
    sound.loop = true;
    // A terminal without sound still shows the sign.
    sound.play().catch(() => undefined);
    return () => sound.pause();
  }, []);
  return (
    <FullScreenSign
      title={t('call.title')}
      text={t('call.text')}
      actions={
        <Button variant="secondary" onPress={onDismiss}>
          {t('call.dismiss')}
        </Button>
      }
    />
  );
}
