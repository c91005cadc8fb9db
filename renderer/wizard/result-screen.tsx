import { useEffect } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { ReceiptOutcome } from '../../shared/contract/events.ts';
import { contractsKnown } from '../../shared/domain/contract.ts';
import { chargesNothing, type Quote } from '../../shared/domain/quote.ts';
import type { Draft, Procedure } from '../../shared/procedures/procedure.ts';
import { runningPrice } from '../../shared/procedures/running-price.ts';
import { useAnnounce } from '../app/announcer.tsx';
import { formatYen } from '../app/format.ts';
import { standing } from '../app/application-state.tsx';
import { EndBar } from '../app/end-bar.tsx';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { Button, Card, KeyValueList, Notice, type NoticeProps, ReceiptNumber, Section } from '../kit/index.ts';
import { OnceFees } from './once-fees.tsx';
import { QuoteNotices } from './quote-notices.tsx';
import { Steps } from './step-screen.tsx';
import { SlipNotice } from './slip-notice.tsx';
import { useAnswered } from './use-option-name.ts';
import { useSlip } from './use-slip.ts';
import type { Applied } from './wizard-state.ts';
import './wizard.css';

interface ResultScreenProps {
  readonly outcome: ReceiptOutcome;
  readonly procedure: Procedure;
  readonly applied: Applied;
  readonly draft: Draft;
  readonly sessionId: string;
  readonly onAgain: () => void;
  /** The same procedure once more. */
  readonly onRepeat: () => void;
  readonly onEnd: () => void;
}

/** What became of the application; follows it for as long as the customer stays. */
export function ResultScreen(props: ResultScreenProps) {
  const { outcome, procedure, applied, draft, sessionId, onAgain, onRepeat, onEnd } = props;
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
      above={<Steps procedure={procedure} at={procedure.steps.length} context={applied.context} draft={draft} />}
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
        <AppliedFor procedure={procedure} applied={applied} draft={draft} isToCome={isToCome(key)} />
        {isToCome(key) ? <WhatFollows quote={applied.quote} /> : null}
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

/** Whether what was agreed to is what is carried out, as far as anybody knows. */
function isToCome(key: Key): boolean {
  switch (key) {
    case 'queued':
    case 'sending':
    case 'accepted':
    case 'completed':
      return true;
    // At another price, it may be.
    case 'held':
    case 'rejected':
    case 'withdrawn':
      return false;
    default:
      return cantHappen(key);
  }
}

interface AppliedForProps {
  readonly procedure: Procedure;
  readonly applied: Applied;
  readonly draft: Draft;
  readonly isToCome: boolean;
}

/** What was chosen, and what it comes to (p.96). What was typed, names and numbers, stands here for nobody to read. */
function AppliedFor({ procedure, applied: { context, quote }, draft, isToCome }: AppliedForProps) {
  const { t } = useLanguage();
  const chosen = useAnswered(
    procedure,
    context,
    contractsKnown(context.facts),
  )(draft).filter(({ isTyped }) => !isTyped);
  if (chosen.length === 0) return null;
  const own = procedure.showsRunningPrice
    ? [{ label: t('wizard:result.monthly'), value: formatYen(t, runningPrice(procedure, context, draft).totalYen) }]
    : [];
  const newTotal = quote.kind === 'total' ? formatYen(t, quote.newTotalYen) : t('prices:later');
  const all = chargesNothing(quote) ? [] : [{ label: t('prices:new-total'), value: newTotal }];
  const totals = isToCome ? [...own, ...all] : [];
  return (
    <Section title={t('wizard:result.applied')}>
      <Card>
        <KeyValueList items={[...chosen, ...totals]} />
      </Card>
    </Section>
  );
}

/** What is paid once, and what the customer has to know still: no numbers, which others may read here. */
function WhatFollows({ quote: { once, notices } }: { quote: Quote }) {
  return (
    <>
      {once.length === 0 ? null : <OnceFees once={once} />}
      <QuoteNotices notices={notices.filter((notice) => !('lineNumber' in notice))} />
    </>
  );
}

function Slip({ sessionId, applicationId }: { sessionId: string; applicationId: string }) {
  const { t } = useLanguage();
  const { slip, printAgain } = useSlip(sessionId, { kind: 'application', id: applicationId });
  return <SlipNotice slip={slip} standsText={t('wizard:print.stands')} onPrintAgain={printAgain} />;
}
