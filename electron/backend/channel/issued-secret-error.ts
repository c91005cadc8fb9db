import { cantHappen } from '../../../shared/domain/cant-happen.ts';

type IssueError =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'over' | 'unreachable' | 'outcome-unknown' | 'revoked' | 'foreign' };

interface IssueErrors {
  THROTTLED(options: { data: { retryAfterSeconds: number } }): Error;
  OVER(): Error;
  CENTRAL_UNREACHABLE(): Error;
  OUTCOME_UNKNOWN(): Error;
  REVOKED(): Error;
}

/** Why a secret of someone who isn't signed in was not issued. */
export function issueError(error: IssueError, errors: IssueErrors): Error {
  switch (error.code) {
    case 'throttled':
      return errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
    case 'over':
      return errors.OVER();
    case 'unreachable':
      return errors.CENTRAL_UNREACHABLE();
    case 'outcome-unknown':
      return errors.OUTCOME_UNKNOWN();
    case 'revoked':
    case 'foreign':
      return errors.REVOKED();
    default:
      return cantHappen(error);
  }
}

/** Why nothing was sent to the printer. */
export function printError(
  code: 'not-held' | 'already-printed',
  errors: { NOT_HELD(): Error; ALREADY_PRINTED(): Error },
): Error {
  return code === 'not-held' ? errors.NOT_HELD() : errors.ALREADY_PRINTED();
}
