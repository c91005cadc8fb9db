import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Language } from '../../shared/domain/language.ts';
import { KeyboardProvider } from '../kit/index.ts';
import { CallAlarm } from '../staff/call-alarm.tsx';
import { Announcer } from './announcer.tsx';
import { ReachContext } from './display-settings.tsx';
import { OwnCall } from './own-call.tsx';
import type { UnderWay } from './under-way.ts';
import { UnderWayContext } from './under-way-context.ts';
import { IdleWarning } from './idle-warning.tsx';
import { idleTimes, unwarned } from './idle.ts';
import { type KeepOffer, KeepOfferContext } from './keep-offer.ts';
import { LanguageProvider, type LanguageTexts, useLanguage } from './language.tsx';
import { WaitContext, type WaitElsewhere } from './mail-wait.ts';
import { goInstead, HOME, parseRoute, useHash } from './route.ts';
import { Screens } from './screens.tsx';
import type { Terminal } from './terminal.ts';
import { TerminalContext, useTerminal, useTerminalState } from './terminal-context.tsx';
import { useIdle } from './use-idle.ts';
import { useTouchFormat } from './use-touch-format.ts';

const Enrolment = lazy(async () => ({ default: (await import('./screens/enrolment.tsx')).Enrolment }));

const TOUCH_MS = 10_000;

export interface AppProps {
  readonly terminal: Terminal;
  readonly underWay: UnderWay;
  /** What the page begins with, and goes back to after each customer. */
  readonly initial: LanguageTexts;
}

export function App({ terminal, underWay, initial }: AppProps) {
  return (
    <TerminalContext value={terminal}>
      <UnderWayContext value={underWay}>
        <LanguageProvider initial={initial}>
          <Announcer>
            <Shell initialLanguage={initial.language} />
          </Announcer>
        </LanguageProvider>
      </UnderWayContext>
    </TerminalContext>
  );
}

function Shell({ initialLanguage }: { initialLanguage: Language }) {
  const { t, setLanguage } = useLanguage();
  const terminal = useTerminal();
  const { status, session, staff, calls } = useTerminalState();
  const hash = useHash();
  const route = useMemo(() => parseRoute(hash), [hash]);
  const isTouch = useTouchFormat();
  const [reach, setReach] = useState<'normal' | 'low'>('normal');
  const reachValue = useMemo(() => ({ reach, setReach }), [reach]);
  /** Grows with every visit, so that no screen carries an entry of one customer over to the next. */
  const [visit, setVisit] = useState(0);
  const [wait, setWait] = useState<WaitElsewhere | null>(null);
  const [keepOffer, setKeepOffer] = useState<KeepOffer>(null);
  // A function as a state: what is set is the offer, not how it follows from the one before.
  const offerKeeping = useCallback((offer: KeepOffer) => setKeepOffer(() => offer), []);

  const end = useCallback(() => {
    terminal.end();
    terminal.acknowledgeEnd();
    goInstead(HOME);
    setLanguage(initialLanguage);
    setReach('normal');
    setVisit((count) => count + 1);
  }, [terminal, setLanguage, initialLanguage]);

  const enrolment = status === null || status.enrolment.state === 'enrolled' ? null : status.enrolment;
  const isInService = status?.enrolment.state === 'enrolled';
  const wasInService = useRef(false);
  useEffect(() => {
    // Taken out of service: nothing of a customer stays on the page. One that is only starting keeps its address.
    if (wasInService.current && !isInService) end();
    wasInService.current = isInService;
  }, [isInService, end]);

  const isStaffTerminal = status?.mode === 'staff';
  /** Nothing stands there that another must not find. */
  const isUnattended = isStaffTerminal
    ? staff === null || staff.presence === 'locked'
    : staff !== null || (session === null && route.kind === 'home');
  /** Whoever called waits, and need not touch anything meanwhile. */
  const isWaitingForStaff = calls.own !== null && calls.own.state !== 'answered' && route.kind !== 'staff';
  useEffect(() => {
    if (!isWaitingForStaff && wait === null) return undefined;
    const timer = setInterval(terminal.touch, TOUCH_MS);
    return () => clearInterval(timer);
  }, [isWaitingForStaff, wait, terminal]);
  const isIdleUnwatched = isUnattended || isWaitingForStaff;
  const warnAfterSeconds = status?.idle.warnAfterSeconds;
  const warningSeconds = status?.idle.warningSeconds;
  const isStaffAtWork = staff?.presence === 'at-work';
  const times = useMemo(() => {
    if (isIdleUnwatched || warnAfterSeconds === undefined || warningSeconds === undefined) return null;
    // Staff at work have nothing to look for in a mailbox.
    const isAwaited = wait !== null && !(isStaffAtWork && wait.kind === 'mail');
    const own = idleTimes({ warnAfterSeconds, warningSeconds }, isAwaited);
    return isStaffAtWork ? unwarned(own) : own;
  }, [isIdleUnwatched, warnAfterSeconds, warningSeconds, wait, isStaffAtWork]);
  const lock = useCallback(() => terminal.staff.leave('locked'), [terminal]);
  const idle = useIdle(times, terminal.touch, isStaffTerminal ? lock : end);

  const pixelsPerMm = status?.pixelsPerMm;
  useEffect(() => {
    if (pixelsPerMm !== undefined) document.documentElement.style.setProperty('--px-per-mm', String(pixelsPerMm));
  }, [pixelsPerMm]);

  return (
    <ReachContext value={reachValue}>
      <KeyboardProvider
        enabled={isTouch}
        labels={{
          keyboard: t('keyboard.keyboard'),
          shift: t('keyboard.shift'),
          backspace: t('keyboard.backspace'),
          clear: t('keyboard.clear'),
          done: t('keyboard.done'),
          marks: {
            voiced: t('keyboard.voiced'),
            'half-voiced': t('keyboard.half-voiced'),
            small: t('keyboard.small'),
          },
          switches: { kana: t('keyboard.kana'), 'kana-latin': t('keyboard.latin') },
        }}
      >
        {enrolment === null ? (
          <WaitContext value={setWait}>
            <KeepOfferContext value={offerKeeping}>
              <Screens key={visit} route={route} onEnd={end} />
            </KeepOfferContext>
          </WaitContext>
        ) : (
          <Suspense>
            <Enrolment enrolment={enrolment} />
          </Suspense>
        )}
        {isStaffTerminal ? <CallAlarm /> : <OwnCall />}
        <IdleWarning
          // A locked terminal keeps what was entered: only a customer, who has no PIN, is warned.
          secondsLeft={isStaffAtWork ? null : idle.warning}
          onContinue={() => {
            idle.continue();
            terminal.touch();
          }}
          onKeep={
            keepOffer === null
              ? null
              : () => {
                  idle.continue();
                  terminal.touch();
                  keepOffer();
                }
          }
          onEnd={isStaffTerminal ? lock : end}
        />
      </KeyboardProvider>
    </ReachContext>
  );
}
