import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { StaffSessionView } from '../../../../shared/contract/staff.ts';
import { answerCall } from '../../calls/answer-call.ts';
import type { OwnCallDesk } from '../../calls/own-call.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import type { StaffSession } from '../../staff/staff-sessions.ts';
import { pinError } from './pin-error.ts';
import { staffError } from './staff-errors.ts';

export function staffRoutes({ staff, ownCall }: { staff: StaffDesk; ownCall: OwnCallDesk }) {
  const os = implement(contract.staff);
  return os.router({
    signIn: os.signIn.handler(async ({ input, errors }) => {
      const result = await staff.signIn(input.number, input.pin);
      if (!result.ok) throw pinError(errors, result.error);
      const called = ownCall.current();
      // Whoever unlocks the terminal where a customer calls has come.
      if (called !== null)
        void answerCall(staff, result.value.id, called.callId).then(() => ownCall.end(called.callId));
      return toView(result.value);
    }),
    touch: os.touch.handler(({ input, errors }) => {
      if (!staff.touch(input.staffSessionId).ok) throw errors.STAFF_GONE();
    }),
    leave: os.leave.handler(({ input, errors }) => {
      if (!staff.leave(input.staffSessionId).ok) throw errors.STAFF_GONE();
    }),
    comeBack: os.comeBack.handler(async ({ input, errors }) => {
      const result = await staff.comeBack(input.staffSessionId, input.pin);
      if (result.ok) return toView(result.value);
      if (result.error.code === 'gone') throw errors.STAFF_GONE();
      throw pinError(errors, result.error);
    }),
    signOut: os.signOut.handler(({ input }) => staff.signOut(input.staffSessionId)),
    findCustomers: os.findCustomers.handler(async ({ input, errors }) => {
      const result = await staff.findCustomers(input.staffSessionId, input.field, input.value);
      if (result.ok) return result.value;
      throw staffError(errors, result.error);
    }),
    openCustomer: os.openCustomer.handler(async ({ input, errors }) => {
      const result = await staff.openCustomer(input.staffSessionId, input.customerNumber, input.identityMethod);
      if (result.ok) return { sessionId: result.value.id };
      if (result.error.code === 'customer-unknown') throw errors.CUSTOMER_UNKNOWN();
      throw staffError(errors, result.error);
    }),
    openUnverified: os.openUnverified.handler(({ input, errors }) => {
      const result = staff.openUnverified(input.staffSessionId, input.customerNumber, input.identityMethod);
      if (result.ok) return { sessionId: result.value.id };
      if (result.error.code === 'reachable') throw errors.CENTRAL_REACHABLE();
      throw staffError(errors, result.error);
    }),
  });
}

function toView({ id, staff, isOffline, scope }: StaffSession): StaffSessionView {
  return { staffSessionId: id, staff, isOffline, scope };
}
