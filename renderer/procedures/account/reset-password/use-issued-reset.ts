import { useEffect, useRef, useState } from 'react';
import type { IssuedPortalPassword, ResetVisit } from '../../../../shared/contract/password-reset.ts';
import type { SecretAnswer } from '../../../../shared/domain/secret-question.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { type LiveProblem, liveProblem } from '../../live-problem.ts';
import { afterPrint, type Paper } from '../after-print.ts';

export type IssueProblem = LiveProblem<'CENTRAL_UNREACHABLE' | 'OUTCOME_UNKNOWN' | 'ANSWER_WRONG'>;

export type IssuePhase =
  | { readonly kind: 'asking'; readonly problem: IssueProblem | null }
  | { readonly kind: 'issuing' }
  | { readonly kind: 'shown'; readonly issued: IssuedPortalPassword; readonly paper: Paper }
  /** It may lie on paper: worth nothing any more, or as soon as central can be reached. */
  | { readonly kind: 'taken-back'; readonly isRevoked: boolean };

/** The backend may ask central twice, and wait for a revocation before that. */
const ISSUE_DEADLINE_MS = 30_000;
const PRINT_DEADLINE_MS = 45_000;

/**
 * From the answer to the paper. The password is in this state and in the backend's memory alone, and leaves both with
 * the screen.
 */
export function useIssuedReset(visit: ResetVisit, onOver: () => void) {
  const terminal = useTerminal();
  const { language } = useLanguage();
  const [phase, setPhase] = useState<IssuePhase>({ kind: 'asking', problem: null });
  const issueId = useRef<string | null>(null);
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);
  const { connection } = terminal;

  const leaving = useRef(visit);
  useEffect(
    () => () => {
      void connection.askOnce((client) => client.passwordReset.forget(leaving.current));
    },
    [connection],
  );

  async function issue(given: SecretAnswer): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'issuing' });
    issueId.current ??= terminal.newId();
    const wish = { ...visit, ...given, issueId: issueId.current };
    const answer = await connection.ask((client) => client.passwordReset.issue(wish), ISSUE_DEADLINE_MS);
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
    if (error.code === 'OVER') onOver();
    else if (error.code !== 'REVOKED') setPhase({ kind: 'asking', problem: liveProblem({ kind: 'refused', error }) });
    else {
      issueId.current = null;
      setPhase({ kind: 'asking', problem: { kind: 'failed' } });
    }
  }

  async function print(): Promise<void> {
    if (phase.kind !== 'shown' || isBusy.current) return;
    isBusy.current = true;
    const { issued } = phase;
    setPhase({ ...phase, paper: { kind: 'printing' } });
    const wanted = { ...visit, issueId: issued.issueId, language };
    const answer = await connection.ask((client) => client.passwordReset.print(wanted), PRINT_DEADLINE_MS);
    isBusy.current = false;
    const printed = afterPrint(answer);
    if (printed.kind !== 'taken-back') {
      setPhase({ kind: 'shown', issued, paper: printed.kind === 'paper' ? printed.paper : { kind: 'gone' } });
      return;
    }
    issueId.current = null;
    setPhase(printed);
  }

  return { phase, issue: (given: SecretAnswer) => void issue(given), print: () => void print() };
}
