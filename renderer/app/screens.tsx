import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { Spinner } from '../kit/index.ts';
import { useLanguage } from './language.tsx';
import { goInstead, HOME, type Route, SIGN_IN } from './route.ts';
import { Greeting } from './screens/greeting.tsx';
import { Message } from './screens/message.tsx';
import { SignIn } from './screens/sign-in.tsx';
import { useTerminal, useTerminalState } from './terminal-context.tsx';

const loadSignedIn = () => import('./signed-in.tsx');
const SignedIn = lazy(loadSignedIn);

/** Which screen stands: by the address, and by whether someone is signed in. */
export function Screens({ route, onEnd }: { route: Route; onEnd: () => void }) {
  const { t } = useLanguage();
  const { session, endedUnasked } = useTerminalState();
  const terminal = useTerminal();
  const [wanted, setWanted] = useState(HOME);
  const isSignedIn = session !== null;
  const needsSignIn = !isSignedIn && !endedUnasked && (route.kind === 'contracts' || route.kind === 'procedure');

  useEffect(() => {
    if (!needsSignIn) return;
    setWanted(location.hash);
    goInstead(SIGN_IN);
  }, [needsSignIn]);
  useEffect(() => {
    if (isSignedIn && route.kind === 'sign-in') goInstead(wanted);
  }, [isSignedIn, route.kind, wanted]);
  useEffect(() => {
    // So that a backend that is just restarting can't leave the next screen without its code.
    void loadSignedIn();
  }, []);

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
  switch (route.kind) {
    case 'home':
      return isSignedIn ? later(<SignedIn screen={route} session={session} onEnd={onEnd} />) : <Greeting />;
    case 'contracts':
    case 'procedure':
      return isSignedIn ? later(<SignedIn screen={route} session={session} onEnd={onEnd} />) : null;
    case 'sign-in':
      return isSignedIn ? null : <SignIn onBack={onEnd} />;
    case 'staff':
      return (
        <Message
          id="staff"
          heading={t('staff-only.title')}
          text={t('staff-only.text')}
          actionLabel={isSignedIn ? t('to-home') : t('to-start')}
          onAction={() => goInstead(HOME)}
        />
      );
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
      return cantHappen(route);
  }
}

function later(screen: ReactNode) {
  return <Suspense fallback={<Waiting />}>{screen}</Suspense>;
}

function Waiting() {
  const { t } = useLanguage();
  return <Spinner label={t('loading')} />;
}
