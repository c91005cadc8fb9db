import { MoveRight, RotateCcw } from 'lucide-react';
import { useLanguage } from '../../../app/language.tsx';
import { Button, Notice } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import type { CaptureProps } from './capture-flow.tsx';

/** It decides nothing: another picture may help staff, and so may none. */
export function UnlikeFace(props: CaptureProps & { readonly onAgain: () => void; readonly onGoOn: () => void }) {
  const { t } = useLanguage();
  const { onAgain, onGoOn } = props;
  return (
    <StepScreen
      props={props}
      heading={t('capture:face.unlike.title')}
      hasPriceStrip
      primary={
        <Button variant="primary" icon={<MoveRight />} onPress={onGoOn}>
          {t('capture:face.unlike.go-on')}
        </Button>
      }
    >
      <Notice tone="info">{t('capture:face.unlike.text')}</Notice>
      <div className="wizard-identity__more">
        <Button variant="secondary" icon={<RotateCcw />} onPress={onAgain}>
          {t('capture:again')}
        </Button>
      </div>
    </StepScreen>
  );
}
