import { useEffect } from 'react';
import type { IssuedPassword } from '../../../shared/contract/secrets.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { useUnderWay } from '../../app/under-way-context.ts';
import { ISSUE_DEADLINE_MS, type Issued, PRINT_DEADLINE_MS, useIssuedSecret } from './use-issued-secret.ts';

type IssueProblem = 'unreachable' | 'outcome-unknown' | 'unknown-account' | 'failed';

/** Whoever comes back to the screen finds the password again for as long as the session lasts. */
export function useIssuedPassword({ sessionId, procedureId }: { sessionId: string; procedureId: string }) {
  const { connection, sessionGone, newId } = useTerminal();
  const underWay = useUnderWay();
  const { t, language } = useLanguage();
  const secret = useIssuedSecret<string, IssuedPassword, IssueProblem>({
    title: t(`procedures:${procedureId}.title`),
    names: {
      of: (accountId) => {
        const known = underWay.wishOf(procedureId);
        const wish = known?.accountId === accountId ? known : { issueId: newId(), accountId };
        underWay.keepWish(procedureId, wish);
        return wish.issueId;
      },
      drop: () => underWay.dropWish(procedureId),
    },
    issue: async (issueId, accountId): Promise<Issued<IssuedPassword, IssueProblem>> => {
      const answer = await connection.ask(
        (client) => client.secrets.issue({ issueId, accountId, sessionId, language }),
        ISSUE_DEADLINE_MS,
      );
      switch (answer.kind) {
        case 'ok':
          return { kind: 'issued', secret: answer.value };
        case 'link-lost':
          return { kind: 'problem', problem: 'outcome-unknown' };
        case 'failed':
          return { kind: 'problem', problem: 'failed' };
        case 'refused':
          break;
        default:
          return cantHappen(answer);
      }
      switch (answer.error.code) {
        case 'SESSION_GONE':
          sessionGone(sessionId);
          return { kind: 'left' };
        case 'CENTRAL_UNREACHABLE':
          return { kind: 'problem', problem: 'unreachable' };
        case 'OUTCOME_UNKNOWN':
          return { kind: 'problem', problem: 'outcome-unknown' };
        case 'UNKNOWN_ACCOUNT':
          return { kind: 'problem', problem: 'unknown-account' };
        case 'REVOKED':
          // Before the customer came back to this screen.
          return { kind: 'revoked', problem: null };
        default:
          return cantHappen(answer.error);
      }
    },
    print: (issueId) =>
      connection.ask((client) => client.secrets.print({ sessionId, issueId, language }), PRINT_DEADLINE_MS),
    sessionId,
    notHeld: null,
  });

  // Once, when the customer comes back to the screen; a change of language asks nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const wish = underWay.wishOf(procedureId);
    if (wish !== undefined) secret.issue(wish.accountId);
  }, []);
  return secret;
}
