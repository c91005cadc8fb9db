import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { QueueDesk, QueueError } from '../../queue/queue-desk.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import { atWorkOnly } from './at-work-only.ts';
import { staffError, type StaffErrors } from './staff-errors.ts';

export function queueRoutes({ queue, staff }: { queue: QueueDesk; staff: StaffDesk }) {
  const os = implement(contract.queue);
  return os.router({
    list: os.list.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return queue.list(input.filter, input.search);
    }),
    rows: os.rows.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return queue.rows(input.keys);
    }),
    detail: os.detail.handler(({ input, errors }) => {
      const detail = queue.detail(input.staffSessionId, input.applicationId);
      if (!detail.ok) throw queueError(errors, detail.error);
      return detail.value;
    }),
    content: os.content.handler(async ({ input, errors }) => {
      const content = await queue.content(input.staffSessionId, input.applicationId);
      if (content.ok) return content.value;
      if (content.error.code === 'not-there') throw errors.NOT_THERE();
      throw queueError(errors, content.error);
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
      atWorkOnly(staff, input.staffSessionId, errors);
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

interface QueueErrors extends StaffErrors {
  UNKNOWN_APPLICATION(): Error;
  NOT_NOW(): Error;
}

function queueError(errors: QueueErrors, error: QueueError): Error {
  switch (error.code) {
    case 'unknown':
      return errors.UNKNOWN_APPLICATION();
    case 'not-now':
      return errors.NOT_NOW();
    case 'gone':
    case 'away':
    case 'unreachable':
      return staffError(errors, { code: error.code });
    default:
      return cantHappen(error);
  }
}
