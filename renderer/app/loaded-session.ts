import { useMemo } from 'react';
import { type ProcedureContext, timesAt } from '../../shared/procedures/procedure.ts';
import type { SessionState } from './terminal.ts';
import { useTerminal } from './terminal-context.tsx';

/** The session with everything that its screens need, or null while it isn't there yet. */
export interface LoadedSession extends SessionState {
  readonly view: NonNullable<SessionState['view']>;
  readonly catalog: NonNullable<SessionState['catalog']>;
}

export function loaded(session: SessionState): LoadedSession | null {
  const { view, catalog } = session;
  return view === null || catalog === null ? null : { ...session, view, catalog };
}

export function useProcedureContext(session: LoadedSession): ProcedureContext {
  const { today, reachesAt } = timesAt(useTerminal().businessClock());
  const { view, catalog } = session;
  return useMemo(
    () => ({
      catalog: catalog.catalog,
      facts: view.facts,
      today,
      reachesAt,
    }),
    [catalog, view, today, reachesAt],
  );
}
