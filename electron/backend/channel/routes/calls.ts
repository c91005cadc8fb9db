import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { answerCall } from '../../calls/answer-call.ts';
import type { OwnCallDesk } from '../../calls/own-call.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import { staffError } from './staff-errors.ts';

export function callsRoutes({ ownCall, staff }: { ownCall: OwnCallDesk; staff: StaffDesk }) {
  const os = implement(contract.calls);
  return os.router({
    raise: os.raise.handler(({ input }) => ownCall.raise(input)),
    end: os.end.handler(({ input }) => ownCall.end(input.callId)),
    answer: os.answer.handler(async ({ input, errors }) => {
      const result = await answerCall(staff, input.staffSessionId, input.callId);
      if (result.ok) return result.value;
      if (result.error.code === 'over') throw errors.CALL_OVER();
      throw staffError(errors, result.error);
    }),
  });
}
