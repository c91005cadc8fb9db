import { oc } from '@orpc/contract';
import { z } from 'zod';
import { CUSTOMER_SEARCH_MOST, customerSearchFieldSchema, customerSearchResponseSchema } from '../central-api/staff.ts';
import { customerNumberSchema } from '../domain/contract.ts';
import { identityMethodSchema } from '../domain/identity-check.ts';
import { STAFF_ENTRY_MOST, staffMemberSchema } from '../domain/staff.ts';
import { signedInSchema } from './session.ts';

export const staffSessionIdSchema = z.uuid();

/** `counter`: the terminal that staff stand at. `service`: a customers' terminal that they unlocked, to look after it. */
export const staffScopeSchema = z.enum(['counter', 'service']);
export type StaffScope = z.infer<typeof staffScopeSchema>;

export const staffSessionSchema = z.strictObject({
  staffSessionId: staffSessionIdSchema,
  staff: staffMemberSchema,
  scope: staffScopeSchema,
  /** true: let in by what this terminal knows, central was away; customers can't be looked up. */
  isOffline: z.boolean(),
});
export type StaffSessionView = z.infer<typeof staffSessionSchema>;

export const pinSchema = z.string().min(1).max(STAFF_ENTRY_MOST);
export const pinErrors = {
  /** Unknown number, wrong PIN and locked number read alike. */
  STAFF_REFUSED: {},
  THROTTLED: { data: z.strictObject({ retryAfterSeconds: z.int().min(1) }) },
  /** Central is away, and they did not sign in at this terminal within the set time. */
  NOT_KNOWN_HERE: {},
} as const;
const staffErrors = {
  /** Signed out, ended at the lock, or no longer allowed by central. */
  STAFF_GONE: {},
  /** Locked, or the screen is with the customer; at a customers' terminal also whatever is for the counter only. */
  STAFF_AWAY: {},
  CENTRAL_UNREACHABLE: {},
} as const;
const ofStaff = { staffSessionId: staffSessionIdSchema };
const aboutCustomer = { ...ofStaff, customerNumber: customerNumberSchema, identityMethod: identityMethodSchema };

export const staffContract = {
  signIn: oc
    .input(z.strictObject({ number: z.string().min(1).max(STAFF_ENTRY_MOST), pin: pinSchema }))
    .output(staffSessionSchema)
    .errors(pinErrors),
  /** Somebody is there: an unlocked customers' terminal locks by itself otherwise. */
  touch: oc.input(z.strictObject(ofStaff)).output(z.void()).errors({ STAFF_GONE: {} }),
  /** Locks, or hands the screen to the customer: until the PIN, staff can do nothing. */
  leave: oc.input(z.strictObject(ofStaff)).output(z.void()).errors({ STAFF_GONE: {} }),
  comeBack: oc
    .input(z.strictObject({ ...ofStaff, pin: pinSchema }))
    .output(staffSessionSchema)
    .errors({ ...pinErrors, STAFF_GONE: {} }),
  signOut: oc.input(z.strictObject(ofStaff)).output(z.void()),
  findCustomers: oc
    .input(
      z.strictObject({
        ...ofStaff,
        field: customerSearchFieldSchema,
        value: z.string().min(1).max(CUSTOMER_SEARCH_MOST),
      }),
    )
    .output(customerSearchResponseSchema)
    .errors(staffErrors),
  openCustomer: oc
    .input(z.strictObject(aboutCustomer))
    .output(signedInSchema)
    .errors({ ...staffErrors, CUSTOMER_UNKNOWN: {} }),
  /** Without central: the number as it was typed, nothing known of the contracts; central decides later. */
  openUnverified: oc
    .input(z.strictObject(aboutCustomer))
    .output(signedInSchema)
    /** CENTRAL_REACHABLE: central is back, it can be asked. */
    .errors({ ...staffErrors, CENTRAL_REACHABLE: {} }),
};
