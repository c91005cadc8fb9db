import { Printer } from 'lucide-react';
import { useEffect } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { useLanguage } from '../app/language.tsx';
import { Button, Notice } from '../kit/index.ts';
import type { SlipState } from './use-slip.ts';
import './wizard.css';

interface SlipNoticeProps {
  readonly slip: SlipState;
  /** What stands all the same where nothing came out. */
  readonly standsText: string;
  readonly onPrintAgain: () => void;
}

/** How the slip came out, and once more. */
export function SlipNotice({ slip, standsText, onPrintAgain }: SlipNoticeProps) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const text = t(slipText(slip));
  useEffect(() => announce(text), [announce, text]);
  const isTrouble = slip.kind === 'refused' || slip.kind === 'failed' || slip.kind === 'unknown';
  return (
    <Notice tone={isTrouble ? 'attention' : 'info'} icon={<Printer />} title={text}>
      {isTrouble ? <p>{standsText}</p> : null}
      <div className="wizard-result__again">
        <Button variant="secondary" size="small" isDisabled={slip.kind === 'printing'} onPress={onPrintAgain}>
          {t('wizard:print.again')}
        </Button>
      </div>
    </Notice>
  );
}

function slipText(slip: SlipState): string {
  switch (slip.kind) {
    case 'printing':
    case 'printed':
    case 'unknown':
    case 'no-status':
      return `wizard:print.${slip.kind}`;
    case 'refused':
    case 'failed':
      return `wizard:print.${slip.kind}.${slip.reason}`;
    default:
      return cantHappen(slip);
  }
}
