import { useEffect } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { ReceiptOutcome } from '../../shared/contract/events.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { standing } from '../app/application-state.tsx';
import { EndBar } from '../app/end-bar.tsx';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { Button, Notice, type NoticeProps, ReceiptNumber } from '../kit/index.ts';
import { Steps } from './step-screen.tsx';
import { SlipNotice } from './slip-notice.tsx';
import { useSlip } from './use-slip.ts';
import './wizard.css';

interface ResultScreenProps {
  readonly outcome: ReceiptOutcome;
  readonly procedure: Procedure;
  readonly sessionId: string;
  readonly onAgain: () => void;
  /** The same procedure once more. */
  readonly onRepeat: () => void;
  readonly onEnd: () => void;
}

/** What became of the application; follows it for as long as the customer stays. */
export function ResultScreen({ outcome, procedure, sessionId, onAgain, onRepeat, onEnd }: ResultScreenProps) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const { key } = standing(outcome);
  const title = t(`wizard:result.${key}.title`);
  useEffect(() => announce(title), [announce, title]);
  const isProvisional = key === 'queued' || key === 'sending';
  return (
    <Screen
      id={`${procedure.id} result`}
      heading={t(headingOf(key))}
      lead={t(`procedures:${procedure.id}.title`)}
      above={<Steps procedure={procedure} at={procedure.steps.length} />}
      actions={<EndBar onAgain={onAgain} onEnd={onEnd} />}
    >
      <div className="wizard-result">
        <div className="wizard-result__number">
          {isProvisional ? <p className="wizard-result__stamp">{t('wizard:result.provisional')}</p> : null}
          <ReceiptNumber label={t('wizard:result.receipt')} value={outcome.receiptNumber} />
        </div>
        <Notice tone={toneOf(key)} title={title}>
          {outcome.reason === null ? null : <p>{t(`outcome:${outcome.reason}`)}</p>}
          <p>{t(`wizard:result.${key}.text`)}</p>
        </Notice>
        <Slip sessionId={sessionId} applicationId={outcome.applicationId} />
        {procedure.repeats ? (
          <div className="wizard-result__again">
            <Button variant="secondary" onPress={onRepeat}>
              {t(`procedures:${procedure.id}.repeat`)}
            </Button>
          </div>
        ) : null}
      </div>
    </Screen>
  );
}

type Key = ReturnType<typeof standing>['key'];

function headingOf(key: Key): string {
  switch (key) {
    case 'queued':
    case 'sending':
    case 'accepted':
    case 'completed':
      return 'wizard:result.title';
    case 'held':
      return 'wizard:result.held-title';
    case 'rejected':
      return 'wizard:result.rejected-title';
    case 'withdrawn':
      return 'wizard:result.withdrawn.title';
    default:
      return cantHappen(key);
  }
}

function toneOf(key: Key): NoticeProps['tone'] {
  switch (key) {
    case 'queued':
    case 'sending':
    case 'held':
      return 'attention';
    case 'accepted':
    case 'completed':
    case 'withdrawn':
      return 'info';
    case 'rejected':
      return 'error';
    default:
      return cantHappen(key);
  }
}

function Slip({ sessionId, applicationId }: { sessionId: string; applicationId: string }) {
  const { t } = useLanguage();
  const { slip, printAgain } = useSlip(sessionId, { kind: 'application', id: applicationId });
  return <SlipNotice slip={slip} standsText={t('wizard:print.stands')} onPrintAgain={printAgain} />;
}
