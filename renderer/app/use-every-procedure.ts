import type { FoundProcedure } from './screens/procedure-finder.tsx';
import { type LoadedSession, useProcedureContext } from './loaded-session.ts';
import { useLiveProcedures } from './use-live-procedures.ts';
import { useProcedures } from './use-procedures.ts';

/** Whatever this customer may do here, applications and what is done at once. */
export function useEveryProcedure(session: LoadedSession): readonly FoundProcedure[] {
  const applications = useProcedures(useProcedureContext(session));
  const live = useLiveProcedures(session.view);
  return [
    ...applications.map(({ id, procedure, unavailable }) => ({ ...procedure, id, unavailable })),
    ...live.map(({ id, procedure, unavailable }) => ({ ...procedure, id, unavailable })),
  ];
}
