import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { QueueDesk, QueueError } from '../../queue/queue-desk.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';

export function queueRoutes({ queue, staff }: { queue: QueueDesk; staff: StaffDesk }) {
  const os = implement(contract.queue);
  /** Everything here is for staff who are signed in and at their screen. */
  const mustBeAtWork = (staffSessionId: string, errors: AwayErrors): void => {
    const entry = staff.atWork(staffSessionId);
    if (!entry.ok) throw entry.error.code === 'gone' ? errors.STAFF_GONE() : errors.STAFF_AWAY();
  };
  return os.router({
    list: os.list.handler(({ input, errors }) => {
      mustBeAtWork(input.staffSessionId, errors);
      return queue.list(input.filter, input.search);
    }),
    rows: os.rows.handler(({ input, errors }) => {
      mustBeAtWork(input.staffSessionId, errors);
      return queue.rows(input.keys);
    }),
    detail: os.detail.handler(({ input, errors }) => {
      const detail = queue.detail(input.staffSessionId, input.applicationId);
      if (!detail.ok) throw queueError(errors, detail.error);
      return detail.value;
    }),
    retry: os.retry.handler(({ input, errors }) => {
      const done = queue.retry(input.staffSessionId, input.applicationId);
      if (!done.ok) throw queueError(errors, done.error);
    }),
    release: os.release.handler(async ({ input, errors }) => {
      const done = await queue.release(input.staffSessionId, input.applicationId);
      if (done.ok) return;
      if (done.error.code === 'stays-held') throw errors.STAYS_HELD({ data: { reason: done.error.reason } });
      throw queueError(errors, done.error);
    }),
    reject: os.reject.handler(async ({ input, errors }) => {
      const done = await queue.reject(input.staffSessionId, input.applicationId);
      if (!done.ok) throw queueError(errors, done.error);
    }),
    withdraw: os.withdraw.handler(async ({ input, errors }) => {
      const done = await queue.withdraw(input.staffSessionId, input.applicationId, input.reason);
      if (!done.ok) throw queueError(errors, done.error);
    }),
    exportRescue: os.exportRescue.handler(({ input, errors }) => {
      mustBeAtWork(input.staffSessionId, errors);
      const saved = queue.exportRescue();
      if (saved.ok) return saved.value;
      throw saved.error === 'disk-full' ? errors.DISK_FULL() : errors.NOT_WRITABLE();
    }),
    correct: os.correct.handler(async ({ input, errors }) => {
      const { staffSessionId, ...correction } = input;
      const opened = await queue.correct(staffSessionId, correction);
      if (opened.ok) {
        const { session, procedureId, answers } = opened.value;
        return { sessionId: session.id, procedureId, answers: { ...answers } };
      }
      if (opened.error.code === 'customer-unknown') throw errors.CUSTOMER_UNKNOWN();
      throw queueError(errors, opened.error);
    }),
  });
}

interface AwayErrors {
  STAFF_GONE(): Error;
  STAFF_AWAY(): Error;
}

interface QueueErrors extends AwayErrors {
  CENTRAL_UNREACHABLE(): Error;
  UNKNOWN_APPLICATION(): Error;
  NOT_NOW(): Error;
}

function queueError(errors: QueueErrors, error: QueueError): Error {
  switch (error.code) {
    case 'gone':
      return errors.STAFF_GONE();
    case 'away':
      return errors.STAFF_AWAY();
    case 'unreachable':
      return errors.CENTRAL_UNREACHABLE();
    case 'unknown':
      return errors.UNKNOWN_APPLICATION();
    case 'not-now':
      return errors.NOT_NOW();
    default:
      return cantHappen(error);
  }
}
