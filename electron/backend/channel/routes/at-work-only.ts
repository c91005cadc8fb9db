import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { StaffMember } from '../../../../shared/domain/staff.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';

/** The member of staff who asks, or the contract's refusal: nothing of theirs is for who stands before a locked screen. */
export function atWorkOnly(
  staff: Pick<StaffDesk, 'atWork'>,
  staffSessionId: string,
  errors: { STAFF_GONE(): Error; STAFF_AWAY(): Error },
): StaffMember {
  const found = staff.atWork(staffSessionId);
  if (found.ok) return found.value;
  switch (found.error.code) {
    case 'gone':
      throw errors.STAFF_GONE();
    case 'away':
      throw errors.STAFF_AWAY();
    default:
      return cantHappen(found.error.code);
  }
}
