import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { OneTimeDesk } from '../../secrets/one-time-desk.ts';

export function oneTimeRoutes({ oneTime }: { oneTime: OneTimeDesk }) {
  const os = implement(contract.oneTime);
  return os.router({
    issue: os.issue.handler(async ({ input, errors }) => {
      const issued = await oneTime.issue(input);
      if (issued.ok) return issued.value;
      const { error } = issued;
      switch (error.code) {
        case 'throttled':
          throw errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
        case 'over':
          throw errors.OVER();
        case 'session-gone':
          throw errors.SESSION_GONE();
        case 'unreachable':
          throw errors.CENTRAL_UNREACHABLE();
        case 'outcome-unknown':
          throw errors.OUTCOME_UNKNOWN();
        case 'revoked':
        case 'foreign':
          throw errors.REVOKED();
        default:
          return cantHappen(error);
      }
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const printed = await oneTime.print(input);
      if (printed.ok) return printed.value;
      switch (printed.error.code) {
        case 'not-held':
          throw errors.NOT_HELD();
        case 'already-printed':
          throw errors.ALREADY_PRINTED();
        case 'session-gone':
          throw errors.SESSION_GONE();
        default:
          return cantHappen(printed.error.code);
      }
    }),
    forget: os.forget.handler(({ input }) => oneTime.forget(input.owner)),
  });
}
