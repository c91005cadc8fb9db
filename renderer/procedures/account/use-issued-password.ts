import { useCallback, useEffect, useRef, useState } from 'react';
import type { IssuedPassword } from '../../../shared/contract/secrets.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { useUnderWay } from '../../app/under-way-context.ts';
import { useTerminal } from '../../app/terminal-context.tsx';
import { afterPrint, type Paper } from './after-print.ts';

export type IssueProblem = 'unreachable' | 'outcome-unknown' | 'unknown-account' | 'failed';

export type Phase =
  | { readonly kind: 'asking'; readonly problem: IssueProblem | null }
  | { readonly kind: 'issuing' }
  | { readonly kind: 'shown'; readonly issued: IssuedPassword; readonly paper: Paper }
  /** It may lie on paper: worth nothing any more, or as soon as central can be reached. */
  | { readonly kind: 'taken-back'; readonly isRevoked: boolean };

/** The backend may ask central twice, and wait for a revocation before that. */
const ISSUE_DEADLINE_MS = 30_000;
const PRINT_DEADLINE_MS = 45_000;

/**
 * From the wish to the paper. The password is nowhere but in this state and in the backend's memory: whoever comes back
 * to the screen finds it again for as long as the session lasts.
 */
export function useIssuedPassword(input: { sessionId: string; procedureId: string; language: Language }): {
  phase: Phase;
  issue: (accountId: string) => void;
  print: () => void;
} {
  const { sessionId, procedureId, language } = input;
  const terminal = useTerminal();
  const underWay = useUnderWay();
  const [phase, setPhase] = useState<Phase>({ kind: 'asking', problem: null });
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);

  const ask = useCallback(
    async (wish: { issueId: string; accountId: string }) => {
      if (isBusy.current) return;
      isBusy.current = true;
      setPhase({ kind: 'issuing' });
      const answer = await terminal.connection.ask(
        (client) => client.secrets.issue({ ...wish, sessionId, language }),
        ISSUE_DEADLINE_MS,
      );
      isBusy.current = false;
      switch (answer.kind) {
        case 'ok':
          setPhase({ kind: 'shown', issued: answer.value, paper: { kind: 'untouched' } });
          return;
        case 'refused':
          switch (answer.error.code) {
            case 'SESSION_GONE':
              terminal.sessionGone();
              return;
            case 'CENTRAL_UNREACHABLE':
              setPhase({ kind: 'asking', problem: 'unreachable' });
              return;
            case 'OUTCOME_UNKNOWN':
              setPhase({ kind: 'asking', problem: 'outcome-unknown' });
              return;
            case 'UNKNOWN_ACCOUNT':
              setPhase({ kind: 'asking', problem: 'unknown-account' });
              return;
            case 'REVOKED':
              // Printed, or taken back, before the customer came back to this screen.
              underWay.dropWish(procedureId);
              setPhase({ kind: 'asking', problem: null });
              return;
            default:
              cantHappen(answer.error);
          }
          return;
        case 'link-lost':
          setPhase({ kind: 'asking', problem: 'outcome-unknown' });
          return;
        case 'failed':
          setPhase({ kind: 'asking', problem: 'failed' });
          return;
        default:
          cantHappen(answer);
      }
    },
    [terminal, underWay, sessionId, procedureId, language],
  );

  // Once, when the customer comes back to the screen; a change of language asks nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const wish = underWay.wishOf(procedureId);
    if (wish !== undefined) void ask(wish);
  }, []);

  const issue = (accountId: string) => {
    const known = phase.kind === 'taken-back' ? undefined : underWay.wishOf(procedureId);
    const wish = known?.accountId === accountId ? known : { issueId: terminal.newId(), accountId };
    underWay.keepWish(procedureId, wish);
    void ask(wish);
  };

  const print = () => {
    if (phase.kind !== 'shown' || isBusy.current) return;
    isBusy.current = true;
    const { issued } = phase;
    setPhase({ ...phase, paper: { kind: 'printing' } });
    void terminal.connection
      .ask((client) => client.secrets.print({ sessionId, issueId: issued.issueId, language }), PRINT_DEADLINE_MS)
      .then((answer) => {
        isBusy.current = false;
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone();
        else {
          const printed = afterPrint(answer);
          // One that isn't held any more was valid when it was shown: it has to be made invalid, too.
          if (printed.kind === 'paper') setPhase({ kind: 'shown', issued, paper: printed.paper });
          else setPhase({ kind: 'taken-back', isRevoked: printed.kind === 'taken-back' && printed.isRevoked });
        }
      });
  };

  return { phase, issue, print };
}
