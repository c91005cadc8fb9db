import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import type { StaffRole } from '../../shared/domain/staff.ts';

/** Who an access token speaks for. */
export type Caller =
  | { readonly kind: 'terminal'; readonly terminal: string; readonly shop: string }
  | {
      readonly kind: 'customer';
      readonly customerNumber: string;
      readonly terminal: string;
      readonly shop: string;
      readonly sessionId: string;
      /** Staff who opened the session on the customer's behalf; null: the customer signed in. */
      readonly staff: IdentityCheck | null;
      /** Which of the customer's IDs, one after the other, signed in; null: staff opened the session. */
      readonly identityVersion: number | null;
    }
  | {
      readonly kind: 'staff';
      readonly number: string;
      readonly role: StaffRole;
      readonly terminal: string;
      readonly shop: string;
    }
  | {
      readonly kind: 'operator';
      readonly subject: string;
      readonly mayWrite: boolean;
      /** Sees the operator's own pages. */
      readonly operates: boolean;
    };

/** Who made sure who the customer is, and how. */
export interface IdentityCheck {
  readonly staffNumber: string;
  readonly identityMethod: IdentityMethod;
}

/** What an operator's token can be for; writing includes reading, `operator` includes both. */
export const OPERATOR_SCOPES = ['tmf.read', 'tmf.write', 'operator'] as const;
export type OperatorScope = (typeof OPERATOR_SCOPES)[number];

export function isOperatorScope(text: string): text is OperatorScope {
  return OPERATOR_SCOPES.some((scope) => scope === text);
}
