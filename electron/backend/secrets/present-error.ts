import { ACCOUNT_ERRORS } from '../../../shared/central-api/accounts.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';

/** Why central did not do what it asks the present password for. */
export type PresentError =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | {
      readonly code:
        | 'unreachable'
        | 'outcome-unknown'
        | 'present-refused'
        | 'unknown-account'
        | 'not-allowed'
        | 'session-gone';
    };

export function errorOf(answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>): PresentError {
  if (answer.kind === 'no-answer') return { code: answer.sent ? 'outcome-unknown' : 'unreachable' };
  if (answer.kind !== 'error' || answer.status >= 500 || answer.status === 408) return { code: 'outcome-unknown' };
  if (answer.error.code === ACCOUNT_ERRORS.presentRefused) return { code: 'present-refused' };
  if (answer.error.code === ACCOUNT_ERRORS.passwordRule) return { code: 'not-allowed' };
  switch (answer.status) {
    case 401:
    case 403:
      return { code: 'session-gone' };
    case 404:
      return { code: 'unknown-account' };
    case 429:
      return { code: 'throttled', retryAfterSeconds: throttleSeconds(answer.headers.retryAfter) };
    default:
      return { code: 'unreachable' };
  }
}
