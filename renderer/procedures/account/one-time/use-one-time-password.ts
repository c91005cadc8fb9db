import { useEffect, useRef } from 'react';
import type { OneTimeOwner, OneTimePasswordIssued } from '../../../../shared/contract/one-time.ts';
import type { AcceptedTerms } from '../../../../shared/domain/terms.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { type LiveProblem, liveProblem } from '../../live-problem.ts';
import { ISSUE_DEADLINE_MS, PRINT_DEADLINE_MS, useIssuedSecret, useOneName } from '../use-issued-secret.ts';

/** `not-held`: its time was over before it was to be printed. */
export type OneTimeProblem = LiveProblem<'CENTRAL_UNREACHABLE' | 'OVER'> | { readonly kind: 'not-held' };

const NOT_HELD: OneTimeProblem = { kind: 'not-held' };

export function useOneTimePassword(owner: OneTimeOwner, terms: readonly AcceptedTerms[]) {
  const { connection, sessionGone } = useTerminal();
  const { t, language } = useLanguage();
  const names = useOneName();
  const sessionId = owner.kind === 'session' ? owner.sessionId : null;
  const leaving = useRef(owner);
  useEffect(
    () => () => {
      void connection.askOnce((client) => client.oneTime.forget({ owner: leaving.current }));
    },
    [connection],
  );
  const { phase, issue, print } = useIssuedSecret<null, OneTimePasswordIssued, OneTimeProblem>({
    title: t('one-time:password'),
    names,
    issue: async (issueId) => {
      const wish = { owner, issueId, terms: [...terms], language };
      const answer = await connection.ask((client) => client.oneTime.issue(wish), ISSUE_DEADLINE_MS);
      if (answer.kind === 'ok') return { kind: 'issued', secret: answer.value };
      if (answer.kind !== 'refused') return { kind: 'problem', problem: liveProblem(answer) };
      const { error } = answer;
      if (error.code === 'REVOKED') return { kind: 'revoked', problem: null };
      if (error.code !== 'SESSION_GONE') return { kind: 'problem', problem: liveProblem({ kind: 'refused', error }) };
      if (sessionId !== null) sessionGone(sessionId);
      return { kind: 'left' };
    },
    print: (issueId) =>
      connection.ask((client) => client.oneTime.print({ owner, issueId, language }), PRINT_DEADLINE_MS),
    sessionId,
    notHeld: NOT_HELD,
  });
  return { phase, issue: () => issue(null), print };
}
