import { useEffect, useRef, useState } from 'react';
import type { OneTimeOwner, OneTimePasswordIssued } from '../../../../shared/contract/one-time.ts';
import type { AcceptedTerms } from '../../../../shared/domain/terms.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { type LiveProblem, liveProblem } from '../../live-problem.ts';
import { afterPrint, type Paper } from '../after-print.ts';

/** `not-held`: its time was over before it was to be printed. */
export type OneTimeProblem = LiveProblem<'CENTRAL_UNREACHABLE' | 'OVER'> | { readonly kind: 'not-held' };

export type OneTimePhase =
  | { readonly kind: 'asking'; readonly problem: OneTimeProblem | null }
  | { readonly kind: 'issuing' }
  | { readonly kind: 'shown'; readonly issued: OneTimePasswordIssued; readonly paper: Paper }
  /** It may lie on paper: worth nothing any more, or as soon as central can be reached. */
  | { readonly kind: 'taken-back'; readonly isRevoked: boolean };

/** The backend may ask central twice, and wait for a revocation before that. */
const ISSUE_DEADLINE_MS = 30_000;
const PRINT_DEADLINE_MS = 45_000;

/** From the wish to the paper. The password is in this state and in the backend's memory alone. */
export function useOneTimePassword(owner: OneTimeOwner, terms: readonly AcceptedTerms[]) {
  const terminal = useTerminal();
  const { language } = useLanguage();
  const [phase, setPhase] = useState<OneTimePhase>({ kind: 'asking', problem: null });
  const issueId = useRef<string | null>(null);
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);
  const { connection } = terminal;

  const leaving = useRef(owner);
  useEffect(
    () => () => {
      void connection.askOnce((client) => client.oneTime.forget({ owner: leaving.current }));
    },
    [connection],
  );

  async function issue(): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'issuing' });
    issueId.current ??= terminal.newId();
    const wish = { owner, issueId: issueId.current, terms: [...terms], language };
    const answer = await connection.ask((client) => client.oneTime.issue(wish), ISSUE_DEADLINE_MS);
    isBusy.current = false;
    if (answer.kind === 'ok') {
      setPhase({ kind: 'shown', issued: answer.value, paper: { kind: 'untouched' } });
      return;
    }
    if (answer.kind !== 'refused') {
      setPhase({ kind: 'asking', problem: liveProblem(answer) });
      return;
    }
    const { error } = answer;
    if (error.code === 'SESSION_GONE') terminal.sessionGone();
    else if (error.code !== 'REVOKED') setPhase({ kind: 'asking', problem: liveProblem({ kind: 'refused', error }) });
    else {
      issueId.current = null;
      setPhase({ kind: 'asking', problem: null });
    }
  }

  async function print(): Promise<void> {
    if (phase.kind !== 'shown' || isBusy.current) return;
    isBusy.current = true;
    const { issued } = phase;
    setPhase({ ...phase, paper: { kind: 'printing' } });
    const wanted = { owner, issueId: issued.issueId, language };
    const answer = await connection.ask((client) => client.oneTime.print(wanted), PRINT_DEADLINE_MS);
    isBusy.current = false;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone();
      return;
    }
    const printed = afterPrint(answer);
    if (printed.kind === 'paper') {
      setPhase({ kind: 'shown', issued, paper: printed.paper });
      return;
    }
    issueId.current = null;
    setPhase(printed.kind === 'not-held' ? { kind: 'asking', problem: printed } : printed);
  }

  return { phase, issue: () => void issue(), print: () => void print() };
}
