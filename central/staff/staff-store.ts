import { z } from 'zod';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

export const staffRoleSchema = z.enum(['staff', 'manager']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/** Someone who works in a shop and may sign in now. */
export interface StaffMember {
  readonly number: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly shop: string;
}

const staffRowSchema = z.object({
  number: z.string(),
  name: z.string(),
  role: staffRoleSchema,
  shop: z.string(),
  pin_hash: z.string(),
});

/** null: unknown, or left the operator's service. */
export async function activeStaff(
  db: Database | DatabaseTransaction,
  number: string,
): Promise<(StaffMember & { readonly pinHash: string }) | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('number', '=', number)
    .where('active', '=', true)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { pin_hash, ...member } = staffRowSchema.parse(row);
  return { ...member, pinHash: pin_hash };
}
