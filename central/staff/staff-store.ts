import { z } from 'zod';
import { type StaffMember, staffMemberSchema } from '../../shared/domain/staff.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

const staffRowSchema = staffMemberSchema.extend({ pin_hash: z.string() });

/** null: unknown, or left the operator's service. */
export async function activeStaff(
  db: Database | DatabaseTransaction,
  number: string,
): Promise<(StaffMember & { readonly pinHash: string }) | null> {
  const row = await db
    .selectFrom('staff')
    .select(['number', 'name', 'role', 'shop', 'pin_hash'])
    .where('number', '=', number)
    .where('active', '=', true)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { pin_hash, ...member } = staffRowSchema.parse(row);
  return { ...member, pinHash: pin_hash };
}
