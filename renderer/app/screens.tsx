import { Activity, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { isLiveProcedureId, type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { loadProcedure, PROCEDURE_IDS, type ProcedureId } from '../../shared/procedures/registry.ts';
import { Spinner } from '../kit/index.ts';
import { loadTexts } from './i18n.ts';
import { useLanguage } from './language.tsx';
import { goInstead, HOME, type Route, SIGN_IN } from './route.ts';
import { Greeting } from './screens/greeting.tsx';
import { Message } from './screens/message.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { useTerminal, useTerminalState } from './terminal-context.tsx';

const loadSignedIn = () => import('./signed-in.tsx');
const StaffArea = lazy(() => import('../staff/staff-area.tsx'));
const ServiceArea = lazy(() => import('../staff/service-area.tsx'));
const Guest = lazy(() => import('./guest.tsx'));
const DraftNumber = lazy(async () => ({ default: (await import('./screens/draft-number.tsx')).DraftNumber }));
const Unlock = lazy(() => import('../staff/unlock.tsx'));
const SignedIn = lazy(loadSignedIn);
const PREFETCH_AFTER_MS = 1_500;

/** Which screen stands: by the address, and by whether someone is signed in. */
export function Screens({ route, onEnd }: { route: Route; onEnd: () => void }) {
  const { t } = useLanguage();
  const { session, endedUnasked, status, staff } = useTerminalState();
  const isStaffTerminal = status?.mode === 'staff';
  const terminal = useTerminal();
  const [wanted, setWanted] = useState(HOME);
  /** Where the customer was when staff came to this terminal. */
  const customersHash = useRef(HOME);
  const isUnlocked = !isStaffTerminal && staff !== null;
  const wasUnlocked = useRef(false);
  const isStaffHere = isUnlocked || (!isStaffTerminal && !endedUnasked && route.kind === 'staff');
  /** What stands, or waits beneath while staff are here. */
  const [screen, setScreen] = useState(route);
  if (!isStaffHere && screen !== route) setScreen(route);
  const isSignedIn = session !== null;
  const needsSignIn =
    status !== null &&
    !isStaffTerminal &&
    !isSignedIn &&
    !endedUnasked &&
    (route.kind === 'contracts' ||
      route.kind === 'history' ||
      (route.kind === 'drafts' && route.number !== null) ||
      (route.kind === 'procedure' && !isForGuests(route.id)));

  useEffect(() => {
    if (!needsSignIn) return;
    setWanted(location.hash);
    goInstead(SIGN_IN);
  }, [needsSignIn]);
  useEffect(() => {
    if (wasUnlocked.current && !isUnlocked) goInstead(customersHash.current);
    else if (route.kind !== 'staff' && !isUnlocked) customersHash.current = location.hash;
    wasUnlocked.current = isUnlocked;
  }, [route, isUnlocked]);
  useEffect(() => {
    if (isSignedIn && route.kind === 'sign-in') goInstead(wanted);
    if (isSignedIn && route.kind === 'one-time') goInstead(HOME);
  }, [isSignedIn, route.kind, wanted]);
  useEffect(() => {
    // After the first screen stands: a backend that is just restarting must not leave a later one without its code.
    const timer = setTimeout(() => {
      void loadSignedIn();
      for (const id of PROCEDURE_IDS) void loadProcedure(id);
      for (const language of LANGUAGES) void loadTexts(language);
    }, PREFETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      <Activity mode={isStaffHere ? 'hidden' : 'visible'}>{standing()}</Activity>
      {isStaffHere ? later(staffsScreen()) : null}
    </>
  );

  function staffsScreen() {
    if (isUnlocked) return <ServiceArea route={route} staff={staff} />;
    return status === null ? <Waiting /> : <Unlock onBack={() => goInstead(customersHash.current)} />;
  }

  function standing() {
    if (endedUnasked) {
      return (
        <Message
          id="ended"
          heading={t('gone.title')}
          text={t('gone.text')}
          actionLabel={t('to-start')}
          onAction={() => {
            terminal.acknowledgeEnd();
            onEnd();
          }}
        />
      );
    }
    if (isStaffTerminal) return later(<StaffArea route={screen} onEnd={onEnd} />);
    switch (screen.kind) {
      case 'home':
        return isSignedIn ? later(<SignedIn screen={screen} session={session} onEnd={onEnd} />) : <Greeting />;
      case 'drafts':
        if (isSignedIn) return later(<SignedIn screen={screen} session={session} onEnd={onEnd} />);
        return screen.number === null ? later(<DraftNumber />) : null;
      case 'contracts':
      case 'history':
        return isSignedIn ? later(<SignedIn screen={screen} session={session} onEnd={onEnd} />) : null;
      case 'procedure':
        if (isSignedIn) return later(<SignedIn screen={screen} session={session} onEnd={onEnd} />);
        return isForGuests(screen.id) ? later(<Guest id={screen.id} onEnd={onEnd} />) : null;
      case 'one-time':
        return isSignedIn ? null : later(<Guest id={null} onEnd={onEnd} />);
      case 'sign-in':
        return isSignedIn ? null : <SignIn onBack={onEnd} />;
      case 'staff':
        return null;
      case 'unknown':
        return (
          <Message
            id="unknown"
            heading={t('not-found.title')}
            text={t('not-found.text')}
            actionLabel={isSignedIn ? t('to-home') : t('to-start')}
            onAction={() => goInstead(HOME)}
          />
        );
      default:
        return cantHappen(screen);
    }
  }
}

/** Nobody has to be signed in for it. */
function isForGuests(id: ProcedureId | LiveProcedureId): id is LiveProcedureId {
  return isLiveProcedureId(id) && liveProcedure(id).audience.includes('G');
}

function later(screen: ReactNode) {
  return <Suspense fallback={<Waiting />}>{screen}</Suspense>;
}

function Waiting() {
  const { t } = useLanguage();
  return <Spinner label={t('loading')} />;
}
