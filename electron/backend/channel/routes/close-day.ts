import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { addDays } from '../../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { CloseDayDesk } from '../../close-day/close-day-desk.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import { atWorkOnly } from './at-work-only.ts';

export function closeDayRoutes({ closeDay, staff }: { closeDay: CloseDayDesk; staff: StaffDesk }) {
  const os = implement(contract.closeDay);
  /** The day is closed where it is worked. */
  const counter = { atWork: staff.atCounter };
  return os.router({
    report: os.report.handler(({ input, errors }) => {
      atWorkOnly(counter, input.staffSessionId, errors);
      const today = closeDay.today();
      const report = closeDay.report(input.day ?? today);
      if (!report.ok) throw errors.OTHER_DAY();
      return { report: report.value, today, yesterday: addDays(today, -1) };
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const by = atWorkOnly(counter, input.staffSessionId, errors);
      const outcome = await closeDay.print(input.day, by);
      if (!outcome.ok) throw errors.OTHER_DAY();
      return outcome.value;
    }),
    savePdf: os.savePdf.handler(async ({ input, errors }) => {
      const by = atWorkOnly(counter, input.staffSessionId, errors);
      const saved = await closeDay.savePdf(input.day, by);
      if (saved.ok) return { file: saved.value };
      switch (saved.error) {
        case 'other-day':
          throw errors.OTHER_DAY();
        case 'not-drawn':
          throw errors.NOT_DRAWN();
        case 'disk-full':
          throw errors.DISK_FULL();
        case 'not-writable':
          throw errors.NOT_WRITABLE();
        default:
          return cantHappen(saved.error);
      }
    }),
  });
}
