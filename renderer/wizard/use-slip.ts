import { useCallback, useEffect, useState } from 'react';
import type { PrintOutcome } from '../../shared/contract/printing.ts';
import { useUnderWay } from '../app/under-way-context.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';

export type SlipState = { readonly kind: 'printing' } | PrintOutcome;

/** Of an application, or of a kept draft. */
export interface SlipOf {
  readonly kind: 'application' | 'draft';
  readonly id: string;
}

/** Prints the slip once by itself, and again when asked. Never repeated on its own: paper can't be taken back. */
export function useSlip(
  sessionId: string,
  { kind, id }: SlipOf,
): { readonly slip: SlipState; readonly printAgain: () => void } {
  const terminal = useTerminal();
  const underWay = useUnderWay();
  const { language } = useLanguage();
  const [slip, setSlip] = useState<SlipState>(underWay.slipOf(id) ?? { kind: 'printing' });
  const print = useCallback(() => {
    const show = (next: SlipState) => {
      underWay.keepSlip(id, next);
      setSlip(next);
    };
    show({ kind: 'printing' });
    void terminal.connection
      .askOnce((client) =>
        kind === 'application'
          ? client.applications.print({ sessionId, applicationId: id })
          : client.drafts.print({ sessionId, draftId: id, language }),
      )
      .then((answer) => {
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone(sessionId);
        show(answer.kind === 'ok' ? answer.value : { kind: 'unknown' });
      });
  }, [terminal, underWay, sessionId, kind, id, language]);
  useEffect(() => {
    // Coming back to a result must not print it again.
    if (underWay.slipOf(id) === undefined) print();
  }, [underWay, id, print]);
  return { slip, printAgain: print };
}
