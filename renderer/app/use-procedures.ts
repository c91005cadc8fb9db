import { useEffect, useState } from 'react';
import type { Procedure, ProcedureContext } from '../../shared/procedures/procedure.ts';
import { loadProcedure, PROCEDURE_IDS, type ProcedureId } from '../../shared/procedures/registry.ts';
import { useTerminalState } from './terminal-context.tsx';

export interface ProcedureEntry {
  readonly id: ProcedureId;
  readonly procedure: Procedure;
  /** Text key of why it can't be done now, and what to do instead. */
  readonly unavailable: string | null;
}

/** Every procedure that a customer may do here, with why not where it is so. */
export function useProcedures(context: ProcedureContext): readonly ProcedureEntry[] {
  const { status, staff } = useTerminalState();
  const isUnreachable = status?.central === 'unreachable';
  const audience = staff === null ? 'C' : 'S';
  const [all, setAll] = useState<readonly { id: ProcedureId; procedure: Procedure }[]>([]);
  useEffect(() => {
    let isWanted = true;
    void Promise.all(PROCEDURE_IDS.map(async (id) => ({ id, procedure: await loadProcedure(id) }))).then((found) => {
      if (isWanted) setAll(found);
    });
    return () => {
      isWanted = false;
    };
  }, []);
  return all
    .filter(({ procedure }) => procedure.audience.includes(audience))
    .map(({ id, procedure }) => ({ id, procedure, unavailable: whyNot(procedure, context, isUnreachable) }));
}

function whyNot(procedure: Procedure, context: ProcedureContext, isUnreachable: boolean): string | null {
  if (procedure.offline === 'live' && isUnreachable) return 'unavailable:needs-central';
  const availability = procedure.availability(context);
  return availability.available ? null : `unavailable:${availability.reason}`;
}
