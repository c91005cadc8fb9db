import { z } from 'zod';

export const staffNumberSchema = z.string().regex(/^\d{4,8}$/);
export const staffPinSchema = z.string().regex(/^\d{6}$/);

/** A manager may also release held applications, enrol and revoke terminals, and release terminals on the spot. */
export const staffRoleSchema = z.enum(['staff', 'manager']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/** Nobody has a longer number or PIN. */
export const STAFF_ENTRY_MOST = 20;

/** Someone who works in a shop. */
export const staffMemberSchema = z.strictObject({
  number: staffNumberSchema,
  name: z.string().min(1),
  role: staffRoleSchema,
  shop: z.string().min(1),
});
export type StaffMember = z.infer<typeof staffMemberSchema>;

/** The longest that a terminal may let staff sign in without central; central believes an attestation as long. */
export const LONGEST_OFFLINE_SIGN_IN_HOURS = 168;
