import { z } from 'zod';
import { stateReasonSchema } from '../contract/events.ts';
import { identityMethodSchema } from '../domain/identity-check.ts';
import { STAFF_ENTRY_MOST, staffMemberSchema, staffPinSchema } from '../domain/staff.ts';
import { withdrawalReasonSchema } from '../domain/withdrawal.ts';

/** House API: staff at a terminal. Every call carries the terminal's own token, and staff's where staff acts. */

export const staffSignInRequestSchema = z.strictObject({
  number: z.string().min(1).max(STAFF_ENTRY_MOST),
  pin: z.string().min(1).max(STAFF_ENTRY_MOST),
});

export const staffSignInResponseSchema = z.strictObject({
  /** Bearer for what staff may do, only from this terminal. */
  accessToken: z.string().min(1),
  expiresInSeconds: z.int().positive(),
  staff: staffMemberSchema,
  /**
   * Signed by central: who signed in at which terminal, and when. Sent in place of a submission grant with what staff
   * takes while central is away; such an application arrives held, for the identity check.
   */
  attestation: z.string().min(1),
});
export type StaffSignInResponse = z.infer<typeof staffSignInResponseSchema>;

/** Exactly one of them: customer number, registered phone, name in kana (its beginning), or STB / Hit Pot ID. */
export const CUSTOMER_SEARCH_FIELDS = ['number', 'phone', 'kana', 'device'] as const;
/** Of what is looked for. */
export const CUSTOMER_SEARCH_MOST = 60;
export const customerSearchFieldSchema = z.enum(CUSTOMER_SEARCH_FIELDS);
export type CustomerSearchField = z.infer<typeof customerSearchFieldSchema>;

/** GET, `?<field>=<value>`: at most 20, and whether there are more. */
export const customerSearchResponseSchema = z.strictObject({
  customers: z.array(
    z.strictObject({
      number: z.string(),
      name: z.string(),
      kana: z.string(),
      /** Enough to tell namesakes apart. */
      address: z.string(),
      phoneEnding: z.string(),
    }),
  ),
  hasMore: z.boolean(),
});
export type CustomerSearchResponse = z.infer<typeof customerSearchResponseSchema>;

/** POST with staff's token: opens a customer's session on their behalf. Answered as a customer's sign-in is. */
export const staffCustomerSessionRequestSchema = z.strictObject({
  customerNumber: z.string().min(1).max(20),
  /** The terminal's session; the grant is bound to it. */
  sessionId: z.uuid(),
  identityMethod: identityMethodSchema,
});

/** POST `<staffOrders>/<order id>/reject`, a manager's; `…/release` has no body. Both answer with the order (TMF622). */
export const staffRejectRequestSchema = z.strictObject({ reason: stateReasonSchema });

/** POST `<staffOrders>/<order id>/withdraw`, by any staff of the shop, while it is held. Answers with the order. */
export const staffWithdrawRequestSchema = z.strictObject({ reason: withdrawalReasonSchema });

/**
 * POST `<staffWithdrawals>`, by any staff of the shop: an application that central doesn't have and may get from a
 * rescue file. Central takes it as withdrawn, under its id, so that whoever brings it later finds it cancelled. Answers
 * with the order; 409 where central has it and it isn't held any more.
 */
export const staffWithdrawalRequestSchema = staffWithdrawRequestSchema.extend({
  /** The order as it was frozen, to the byte. */
  body: z.string().min(1),
});

/** Codes of the TMF error bodies that staff's calls are answered with, besides the reasons why an order stays held. */
export const STAFF_ERRORS = {
  /** 401: may not work here any more, from the next request on. Also for the customers' sessions that they opened. */
  staffRefused: 'staff-refused',
  customerUnknown: 'customer-unknown',
  /** Another application has replaced that one already. */
  alreadyReplaced: 'already-replaced',
  /** Its fulfilment has begun: it can't be replaced any more. */
  alreadyStarted: 'already-started',
} as const;

/** PUT `<operatorStaff>/<number>`, an operator's: makes or changes a member of staff. */
export const staffRecordSchema = staffMemberSchema.omit({ number: true }).extend({
  /** false: left, or barred; refused from the next request on. */
  active: z.boolean(),
  /** Absent: it stays as it is. */
  pin: staffPinSchema.optional(),
});
