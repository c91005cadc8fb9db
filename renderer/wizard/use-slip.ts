import { useCallback, useEffect, useState } from 'react';
import type { PrintOutcome } from '../../shared/contract/printing.ts';
import { useDrafts } from '../app/drafts-context.ts';
import { useTerminal } from '../app/terminal-context.tsx';

export type SlipState = { readonly kind: 'printing' } | PrintOutcome;

/** Prints the slip once by itself, and again when asked. Never repeated on its own: paper can't be taken back. */
export function useSlip(sessionId: string, applicationId: string): { slip: SlipState; printAgain: () => void } {
  const terminal = useTerminal();
  const drafts = useDrafts();
  const [slip, setSlip] = useState<SlipState>(drafts.slipOf(applicationId) ?? { kind: 'printing' });
  const print = useCallback(() => {
    const show = (next: SlipState) => {
      drafts.keepSlip(applicationId, next);
      setSlip(next);
    };
    show({ kind: 'printing' });
    void terminal.connection
      .askOnce((client) => client.applications.print({ sessionId, applicationId }))
      .then((answer) => {
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone();
        show(answer.kind === 'ok' ? answer.value : { kind: 'unknown' });
      });
  }, [terminal, drafts, sessionId, applicationId]);
  useEffect(() => {
    // Coming back to a result must not print it again.
    if (drafts.slipOf(applicationId) === undefined) print();
  }, [drafts, applicationId, print]);
  return { slip, printAgain: print };
}
