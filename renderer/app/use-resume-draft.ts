import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { DraftEntry } from '../../shared/contract/draft-entry.ts';
import { isProcedureId, loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { resumeKept } from '../wizard/kept/resume-kept.ts';
import { useUnderWay } from './under-way-context.ts';
import { type LoadedSession, useProcedureContext } from './loaded-session.ts';
import { useTerminal } from './terminal-context.tsx';

export type ResumeState = 'idle' | 'opening' | 'unknown' | 'unreachable';

/**
 * Goes on with what was kept: its procedure is under way then, where the customer stopped.
 * @param onResumed a function that stays the same
 */
export function useResumeDraft(
  session: LoadedSession,
  onResumed: (procedureId: ProcedureId) => void,
): {
  readonly state: ResumeState;
  readonly resume: (entry: DraftEntry) => void;
} {
  const terminal = useTerminal();
  const underWay = useUnderWay();
  const context = useProcedureContext(session);
  const [state, setState] = useState<ResumeState>('idle');
  const { sessionId } = session;
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const resume = useCallback(
    ({ draftId, procedureId }: DraftEntry) => {
      if (!isProcedureId(procedureId)) {
        setState('unknown');
        return;
      }
      setState('opening');
      void Promise.all([
        terminal.connection.ask((client) => client.drafts.read({ sessionId, draftId })),
        loadProcedure(procedureId),
      ]).then(([answer, procedure]) => {
        // Closed, or gone: what was kept is nobody's to see any more, least of all the next customer's.
        if (!isHere.current) {
          setState('idle');
          return;
        }
        switch (answer.kind) {
          case 'ok':
            underWay.keep(procedureId, resumeKept(procedure, context, v7(), { draftId, content: answer.value }));
            onResumed(procedureId);
            return;
          case 'failed':
          case 'link-lost':
            setState('unreachable');
            return;
          case 'refused':
            break;
          default:
            cantHappen(answer);
        }
        switch (answer.error.code) {
          case 'SESSION_GONE':
            terminal.sessionGone(sessionId);
            return;
          case 'UNKNOWN_DRAFT':
            setState('unknown');
            return;
          case 'CENTRAL_UNREACHABLE':
            setState('unreachable');
            return;
          default:
            cantHappen(answer.error);
        }
      });
    },
    [terminal, underWay, context, sessionId, onResumed],
  );
  return { state, resume };
}
