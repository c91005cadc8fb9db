import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { staffSlipSchema } from '../../../shared/central-api/reprint.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffError } from '../staff/ask-central.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';
import type { z } from 'zod';

/** What central keeps of an application that it accepted and that was erased here; central writes down who looked. */
export async function contentAtCentral(
  staff: Pick<StaffDesk, 'ask'>,
  staffSessionId: string,
  applicationId: string,
): Promise<Result<z.infer<typeof staffSlipSchema>, StaffError | { readonly code: 'not-there' }>> {
  const path = `${CENTRAL_PATHS.staffOrders}/${applicationId}/slip`;
  const answer = await staff.ask(staffSessionId, { method: 'GET', path }, staffSlipSchema);
  if (!answer.ok) return answer;
  return answer.value.kind === 'ok' ? ok(answer.value.body) : err({ code: 'not-there' });
}
