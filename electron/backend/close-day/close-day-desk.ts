import { join } from 'node:path';
import type { DayReport } from '../../../shared/contract/close-day.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import { addDays, type BusinessClock, type BusinessDate, businessDate } from '../../../shared/domain/business-time.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import { daySlip } from '../../../shared/slips/day-slip.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import { ensureFolder } from '../database/ensure-folder.ts';
import { isDiskFull } from '../database/open-database.ts';
import { writeForGood } from '../database/small-file.ts';
import type { Draw } from '../drawing/drawing-job.ts';
import type { Identity } from '../enrolment/identity.ts';
import type { Logger } from '../log/logger.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import { shopTexts } from '../shop-texts.ts';
import { dayBlocks } from './day-pdf.ts';
import { dayReport } from './day-report.ts';
import type { DayRows } from './day-rows.ts';

export interface CloseDayDesk {
  today(): BusinessDate;
  report(day: BusinessDate): Result<DayReport, 'other-day'>;
  print(day: BusinessDate, by: StaffMember): Promise<Result<PrintOutcome, 'other-day'>>;
  /** @returns the file's place in the data folder */
  savePdf(
    day: BusinessDate,
    by: StaffMember,
  ): Promise<Result<string, 'other-day' | 'not-drawn' | 'disk-full' | 'not-writable'>>;
}

/** In the data folder; no window of the kiosk opens what is there. */
const REPORTS_FOLDER = 'reports';

export function createCloseDayDesk(parts: {
  rows: DayRows;
  dataDir: string;
  identity: Identity;
  configuration: ConfigurationHolder;
  printer: SlipPrinter;
  draw: Draw;
  businessNow: BusinessClock;
  log: Logger;
}): CloseDayDesk {
  const { rows, dataDir, identity, configuration, printer, draw, businessNow, log } = parts;
  const today = (): BusinessDate => businessDate(businessNow());

  function report(day: BusinessDate): Result<DayReport, 'other-day'> {
    const present = today();
    if (day !== present && day !== addDays(present, -1)) return err('other-day');
    return ok(
      dayReport({
        day,
        madeAt: businessNow(),
        terminalCode: identity.current()?.terminalCode ?? '',
        shopName: configuration.current()?.configuration.shopName ?? null,
        taken: rows.takenOn(day),
        earlierUndecided: rows.undecidedBefore(day),
      }),
    );
  }

  return {
    today,
    report,
    print: async (day, by) => {
      const made = report(day);
      if (!made.ok) return made;
      const outcome = await printer.print(daySlip(made.value, by, shopTexts()), 'ja');
      log.info({ day, staff: by.number, outcome: outcome.kind }, 'day report printed');
      return ok(outcome);
    },
    savePdf: async (day, by) => {
      const made = report(day);
      if (!made.ok) return made;
      const t = shopTexts();
      const { madeAt, terminalCode } = made.value;
      const title = `${t('close-day:report')} ${day} ${terminalCode}`;
      const blocks = dayBlocks(made.value, by, t);
      const pdf = await draw({ kind: 'a4', document: { title, madeAt, foot: title, blocks } });
      if (!pdf.ok) return pdf;
      const name = fileName(day, madeAt);
      try {
        const folder = join(dataDir, REPORTS_FOLDER);
        ensureFolder(folder);
        writeForGood(folder, name, Buffer.concat(pdf.value));
      } catch (error) {
        return err(isDiskFull(error) ? 'disk-full' : 'not-writable');
      }
      log.info({ day, staff: by.number }, 'day report saved');
      return ok(`${REPORTS_FOLDER}/${name}`);
    },
  };
}

/** With the time it was made, in UTC: a later report of the same day doesn't take the place of an earlier one. */
function fileName(day: BusinessDate, madeAt: number): string {
  const made = new Date(madeAt).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `day-report-${day}-made-${made}.pdf`;
}
