import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { issueError, printError } from '../issued-secret-error.ts';
import type { OneTimeDesk } from '../../secrets/one-time-desk.ts';

export function oneTimeRoutes({ oneTime }: { oneTime: OneTimeDesk }) {
  const os = implement(contract.oneTime);
  return os.router({
    issue: os.issue.handler(async ({ input, errors }) => {
      const issued = await oneTime.issue(input);
      if (issued.ok) return issued.value;
      if (issued.error.code === 'session-gone') throw errors.SESSION_GONE();
      throw issueError(issued.error, errors);
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const printed = await oneTime.print(input);
      if (printed.ok) return printed.value;
      if (printed.error.code === 'session-gone') throw errors.SESSION_GONE();
      throw printError(printed.error.code, errors);
    }),
    forget: os.forget.handler(({ input }) => oneTime.forget(input.owner)),
  });
}
