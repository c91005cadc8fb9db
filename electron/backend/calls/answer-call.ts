import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { answerCallResponseSchema } from '../../../shared/central-api/staff-calls.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffError } from '../staff/ask-central.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';

export interface AnsweredCall {
  readonly terminal: string;
  /** Who comes; the first one to answer. */
  readonly staffName: string;
  readonly isYou: boolean;
}

/** @returns `over`: withdrawn, or too old */
export async function answerCall(
  staff: Pick<StaffDesk, 'atWork' | 'ask'>,
  staffSessionId: string,
  callId: string,
): Promise<Result<AnsweredCall, StaffError | { readonly code: 'over' }>> {
  const member = staff.atWork(staffSessionId);
  if (!member.ok) return member;
  const path = `${CENTRAL_PATHS.staffCalls}/${callId}/answer`;
  const answer = await staff.ask(staffSessionId, { method: 'POST', path }, answerCallResponseSchema);
  if (!answer.ok) return answer;
  if (answer.value.kind === 'error') return err({ code: 'over' });
  const { terminal, answeredBy } = answer.value.body;
  return ok({ terminal, staffName: answeredBy.name, isYou: answeredBy.number === member.value.number });
}
