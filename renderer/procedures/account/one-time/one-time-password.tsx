import type { OneTimeOwner, OneTimePasswordIssued } from '../../../../shared/contract/one-time.ts';
import { businessTimeOfDay } from '../../../../shared/domain/business-time.ts';
import { oneTimeGrouped } from '../../../../shared/domain/one-time-password.ts';
import type { AcceptedTerms } from '../../../../shared/domain/terms.ts';
import { useLanguage } from '../../../app/language.tsx';
import { Screen } from '../../../app/screen.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { ActionBar, Button, Notice, NoticeList } from '../../../kit/index.ts';
import { CentralAction } from '../../central-action.tsx';
import type { Paper } from '../after-print.ts';
import { ShownSecret } from '../shown-secret.tsx';
import { TakenBack } from '../taken-back.tsx';
import { type OneTimeProblem, useOneTimePassword } from './use-one-time-password.ts';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './one-time-password.css';

export interface OneTimePasswordProps {
  readonly owner: OneTimeOwner;
  readonly terms: readonly AcceptedTerms[];
  readonly onBack: () => void;
  readonly onEnd: () => void;
}

/** ワンタイムパスワード: what it is for, then once on the screen, and on paper where the customer wants it. */
export function OneTimePassword({ owner, terms, onBack, onEnd }: OneTimePasswordProps) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { phase, issue, print } = useOneTimePassword(owner, terms);
  const { kind } = phase;
  const isUnreachable = status?.central === 'unreachable';

  if (phase.kind === 'shown') {
    return <Shown issued={phase.issued} paper={phase.paper} onPrint={print} onEnd={onEnd} />;
  }
  if (phase.kind === 'taken-back') {
    return (
      <TakenBack
        screen="one-time"
        lead={t('one-time:password')}
        isRevoked={phase.isRevoked}
        onAnew={issue}
        onEnd={onEnd}
      />
    );
  }
  return (
    <Screen
      id="one-time confirm"
      heading={t('one-time:issue.title')}
      lead={t('one-time:issue.lead')}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" isDisabled={kind === 'issuing'} onPress={onBack}>
              {t('back')}
            </Button>
          }
          primary={
            <CentralAction isPending={kind === 'issuing'} pendingLabel={t('one-time:issue.pending')} onPress={issue}>
              {t('one-time:issue.submit')}
            </CentralAction>
          }
        />
      }
    >
      <div className="one-time-password">
        {isUnreachable ? (
          <Notice tone="offline" title={t('register:offline.title')}>
            <p>{t('register:offline.text')}</p>
          </Notice>
        ) : phase.kind === 'asking' && phase.problem !== null ? (
          <Problem problem={phase.problem} />
        ) : null}
        <Notice tone="info">
          <p>{t('one-time:issue.shown-here')}</p>
          <p>{t('one-time:issue.once')}</p>
        </Notice>
      </div>
    </Screen>
  );
}

function Problem({ problem }: { problem: OneTimeProblem }) {
  const { t } = useLanguage();
  const minutes = problem.kind === 'throttled' ? { minutes: problem.minutes } : {};
  return (
    <Notice tone="error">
      <p>{t(`one-time:problem.${problem.kind}`, minutes)}</p>
    </Notice>
  );
}

interface ShownProps {
  readonly issued: OneTimePasswordIssued;
  readonly paper: Paper;
  readonly onPrint: () => void;
  readonly onEnd: () => void;
}

function Shown({ issued, paper, onPrint, onEnd }: ShownProps) {
  const { t } = useLanguage();
  return (
    <ShownSecret
      screen="one-time shown"
      heading={t('one-time:shown.title')}
      lead={t('one-time:shown.lead', { time: businessTimeOfDay(issued.until) })}
      {...{ paper, onPrint, onEnd }}
      end={
        <ActionBar
          primary={
            <Button variant="primary" onPress={onEnd}>
              {t('finish')}
            </Button>
          }
        />
      }
    >
      <p className="one-time-password__digits">
        <span className="one-time-password__label">{t('one-time:password')}</span>
        <span className="one-time-password__value">{oneTimeGrouped(issued.password)}</span>
      </p>
      <NoticeList>
        <Notice tone="info" title={t('one-time:slip.phone')}>
          <p>{t('one-time:shown.phone', { page: issued.page })}</p>
        </Notice>
        <Notice tone="info" title={t('one-time:slip.kiosk')}>
          <p>{t('one-time:slip.kiosk-how')}</p>
        </Notice>
      </NoticeList>
    </ShownSecret>
  );
}
