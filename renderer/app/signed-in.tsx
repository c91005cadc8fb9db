import { lazy, Suspense, useEffect } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { isLiveProcedureId } from '../../shared/procedures/live-registry.ts';
import { Spinner } from '../kit/index.ts';
import { ProcedureScreen } from '../wizard/procedure-screen.tsx';
import { useLanguage } from './language.tsx';
import { go, HOME, type Route } from './route.ts';
import { Screen } from './screen.tsx';
import { Contracts } from './screens/contracts.tsx';
import { History } from './screens/history.tsx';
import { FoundDraft } from './screens/found-draft.tsx';
import { Home } from './screens/home.tsx';
import { Message } from './screens/message.tsx';
import type { SessionState } from './terminal.ts';
import { loaded } from './loaded-session.ts';
import { useTerminal } from './terminal-context.tsx';

const LiveScreen = lazy(async () => ({ default: (await import('../procedures/live-screen.tsx')).LiveScreen }));

interface SignedInProps {
  readonly screen: Extract<Route, { kind: 'home' | 'contracts' | 'drafts' | 'history' | 'procedure' }>;
  readonly session: SessionState;
  readonly onEnd: () => void;
}

/** The screens that need a customer with contracts and a catalog. */
export default function SignedIn({ screen, session, onEnd }: SignedInProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const ready = loaded(session);
  const { kind } = screen;
  useEffect(() => {
    if (kind !== 'procedure') void terminal.refresh();
  }, [kind, terminal]);

  if (ready === null) {
    return session.loadFailed ? (
      <Message
        id="load-failed"
        heading={t('unexpected.title')}
        text={t('unexpected.text')}
        actionLabel={t('retry')}
        onAction={() => void terminal.refresh()}
      />
    ) : (
      <Screen id="loading" heading={t('loading')}>
        <Spinner label={t('loading')} />
      </Screen>
    );
  }
  switch (screen.kind) {
    case 'home':
      return <Home session={ready} onEnd={onEnd} />;
    case 'drafts':
      return <FoundDraft key={screen.number} session={ready} number={screen.number} />;
    case 'contracts':
      return <Contracts session={ready} />;
    case 'history':
      return <History session={ready} />;
    case 'procedure':
      if (isLiveProcedureId(screen.id)) {
        return (
          <Suspense fallback={<Spinner label={t('loading')} />}>
            <LiveScreen key={screen.id} id={screen.id} session={ready} onLeave={() => go(HOME)} onEnd={onEnd} />
          </Suspense>
        );
      }
      return <ProcedureScreen key={screen.id} id={screen.id} session={ready} onLeave={() => go(HOME)} onEnd={onEnd} />;
    default:
      return cantHappen(screen);
  }
}
