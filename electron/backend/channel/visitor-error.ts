import type { VisitorError } from '../central/visitor-calls.ts';

interface CommonErrors {
  CENTRAL_UNREACHABLE(): Error;
  THROTTLED(options: { data: { retryAfterSeconds: number } }): Error;
}

/** What can come of every call of a visitor's; a code that central doesn't give to this one counts as no answer. */
export function visitorError(error: VisitorError<string>, errors: CommonErrors): Error {
  return 'retryAfterSeconds' in error
    ? errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } })
    : errors.CENTRAL_UNREACHABLE();
}
