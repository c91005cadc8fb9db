import { lazy, Suspense, useEffect, useState } from 'react';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { Spinner } from '../kit/index.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { useTerminalState } from '../app/terminal-context.tsx';
import { Wizard } from './wizard.tsx';

const ChangeContact = lazy(async () => ({
  default: (await import('../procedures/record/change-contact.tsx')).ChangeContact,
}));

export interface ProcedureScreenProps {
  readonly id: ProcedureId;
  readonly session: LoadedSession;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

export function ProcedureScreen({ id, session, onLeave, onEnd }: ProcedureScreenProps) {
  const { t } = useLanguage();
  const [run, setRun] = useState(0);
  const [procedure, setProcedure] = useState<Procedure | null>(null);
  const { status } = useTerminalState();
  /** Decided when the screen is opened: nothing that was typed goes because the line came or went. */
  const [isQueued, setQueued] = useState(status?.central === 'unreachable' || session.view.facts.kind === 'unknown');
  useEffect(() => {
    let isWanted = true;
    void loadProcedure(id).then((found) => {
      if (isWanted) setProcedure(found);
    });
    return () => {
      isWanted = false;
    };
  }, [id]);
  if (procedure === null) {
    return (
      <Screen id="loading" heading={t(`procedures:${id}.title`)}>
        <Spinner label={t('loading')} />
      </Screen>
    );
  }
  if (procedure.whileReachable !== null && !isQueued) {
    return (
      <Suspense fallback={<Spinner label={t('loading')} />}>
        <ChangeContact {...{ procedureId: id, session, onLeave, onEnd }} onQueue={() => setQueued(true)} />
      </Suspense>
    );
  }
  return (
    <Wizard
      key={run}
      procedure={procedure}
      session={session}
      onLeave={onLeave}
      onRepeat={() => setRun(run + 1)}
      onEnd={onEnd}
    />
  );
}
