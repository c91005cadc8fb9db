import type { SessionView } from '../../shared/contract/session.ts';
import type { LiveProcedure } from '../../shared/procedures/live-procedure.ts';
import { LIVE_PROCEDURE_IDS, type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { useTerminalState } from './terminal-context.tsx';

export interface LiveProcedureEntry {
  readonly id: LiveProcedureId;
  readonly procedure: LiveProcedure;
  /** Text key of why it can't be done now, and what to do instead. */
  readonly unavailable: string | null;
}

/** Every live procedure that this customer may do here, with why not where it is so. */
export function useLiveProcedures({ accounts, facts }: SessionView): readonly LiveProcedureEntry[] {
  const { status, staff } = useTerminalState();
  const audience = staff === null ? 'C' : 'S';
  // Without central nobody knows the accounts of a customer whose number staff typed.
  const isUnknown = facts.kind === 'unknown';
  const isUnreachable = status?.central === 'unreachable';
  return LIVE_PROCEDURE_IDS.map((id) => ({ id, procedure: liveProcedure(id) }))
    .filter(({ procedure }) => procedure.audience.includes(audience))
    .map(({ id, procedure }) => {
      const needsCentral = isUnknown || (isUnreachable && procedure.offline === 'live');
      const reason = needsCentral ? 'needs-central' : procedure.whyNot(accounts);
      return { id, procedure, unavailable: reason === null ? null : `unavailable:${reason}` };
    });
}
