import { useEffect, useRef } from 'react';
import type { IssuedPortalPassword, ResetVisit } from '../../../../shared/contract/password-reset.ts';
import type { SecretAnswer } from '../../../../shared/domain/secret-question.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { type LiveProblem, liveProblem } from '../../live-problem.ts';
import { ISSUE_DEADLINE_MS, PRINT_DEADLINE_MS, useIssuedSecret, useOneName } from '../use-issued-secret.ts';

type IssueProblem = LiveProblem<'CENTRAL_UNREACHABLE' | 'OUTCOME_UNKNOWN' | 'ANSWER_WRONG'>;

/** From the answer to the paper; the password leaves page and backend with the screen. */
export function useIssuedReset(visit: ResetVisit, onOver: () => void) {
  const { connection } = useTerminal();
  const { t, language } = useLanguage();
  const names = useOneName();
  const leaving = useRef(visit);
  useEffect(
    () => () => {
      void connection.askOnce((client) => client.passwordReset.forget(leaving.current));
    },
    [connection],
  );
  return useIssuedSecret<SecretAnswer, IssuedPortalPassword, IssueProblem>({
    title: t('procedures:account.reset-password.title'),
    names,
    issue: async (issueId, given) => {
      const wish = { ...visit, ...given, issueId };
      const answer = await connection.ask((client) => client.passwordReset.issue(wish), ISSUE_DEADLINE_MS);
      if (answer.kind === 'ok') return { kind: 'issued', secret: answer.value };
      if (answer.kind !== 'refused') return { kind: 'problem', problem: liveProblem(answer) };
      const { error } = answer;
      if (error.code === 'REVOKED') return { kind: 'revoked', problem: { kind: 'failed' } };
      if (error.code !== 'OVER') return { kind: 'problem', problem: liveProblem({ kind: 'refused', error }) };
      onOver();
      return { kind: 'left' };
    },
    print: (issueId) =>
      connection.ask((client) => client.passwordReset.print({ ...visit, issueId, language }), PRINT_DEADLINE_MS),
    sessionId: null,
    notHeld: null,
  });
}
