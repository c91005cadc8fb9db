import { HOUSE_ERRORS } from '../../shared/central-api/terminal-v1.ts';
import type { Caller } from '../identity/caller.ts';
import type { CustomerRow } from '../store/customers.ts';
import { isPresentIdentity } from '../store/identity-version.ts';
import { type TmfFailure, UNAUTHENTICATED } from './tmf-failure.ts';

export const SESSION_OVER: TmfFailure = {
  ...UNAUTHENTICATED,
  code: HOUSE_ERRORS.sessionOver,
  reason: 'The customer has another ID or password since the session began',
};

/**
 * Looked at once more by what a session changes, with the customer locked: the ID or the password may have been replaced
 * while the request waited for that, at whichever central.
 */
export function isSessionOver(
  customer: Pick<CustomerRow, 'identity_version' | 'identity_session'> | null,
  { identityVersion: version, sessionId }: Extract<Caller, { kind: 'customer' }>,
): boolean {
  return version !== null && (customer === null || !isPresentIdentity(customer, { version, sessionId }));
}
