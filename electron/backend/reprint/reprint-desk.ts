import { v7 as uuidv7 } from 'uuid';
import type { ApplicationExtension } from '../../../shared/central-api/product-order.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { SlipMaker } from '../applications/make-slip.ts';
import type { Logger } from '../log/logger.ts';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { readBody } from '../outbox/payload.ts';
import { contentAtCentral } from '../queue/content-at-central.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';
import type { ReprintReporter } from './report-reprints.ts';
import type { ReprintRows } from './reprint-rows.ts';

export interface ReprintDesk {
  print(
    staffSessionId: string,
    applicationId: string,
  ): Promise<Result<{ outcome: PrintOutcome; number: number }, { readonly code: ReprintError }>>;
}

export type ReprintError = 'gone' | 'away' | 'unknown' | 'needs-central' | 'not-readable';

interface Content {
  readonly application: ApplicationExtension;
  readonly quote: Quote;
}

export function createReprintDesk(parts: {
  outbox: Outbox;
  rows: ReprintRows;
  reporter: ReprintReporter;
  staff: StaffDesk;
  makeSlip: SlipMaker;
  printer: SlipPrinter;
  businessNow: BusinessClock;
  /** What staff did with an application is no longer what a page shows. */
  onRecorded(): void;
  log: Logger;
}): ReprintDesk {
  const { outbox, rows, reporter, staff, makeSlip, printer, businessNow, log } = parts;

  async function contentOf(
    staffSessionId: string,
    { id, state }: OutboxEntry,
  ): Promise<Result<Content, { readonly code: ReprintError }>> {
    const payload = outbox.payloadOf(id);
    if (payload !== null) {
      const { application } = readBody(payload.body);
      return application === undefined ? err({ code: 'not-readable' }) : ok({ application, quote: payload.quote });
    }
    if (state !== 'accepted') return err({ code: 'not-readable' });
    const found = await contentAtCentral(staff, staffSessionId, id);
    if (found.ok) return found;
    switch (found.error.code) {
      case 'unreachable':
        return err({ code: 'needs-central' });
      case 'not-there':
        return err({ code: 'not-readable' });
      case 'gone':
      case 'away':
        return err({ code: found.error.code });
      default:
        return cantHappen(found.error);
    }
  }

  return {
    print: async (staffSessionId, applicationId) => {
      const by = staff.atWork(staffSessionId);
      if (!by.ok) return by;
      const entry = outbox.find(applicationId);
      if (entry === null) return err({ code: 'unknown' });
      const content = await contentOf(staffSessionId, entry);
      if (!content.ok) return content;
      const { application, quote } = content.value;
      const { language, terms } = application;
      const at = businessNow();
      const number = rows.countOf(applicationId) + 1;
      const capturedAt = Date.parse(application.capturedAt);
      const slip = makeSlip({ entry, capturedAt, quote, terms, language, reprint: { number, at } });
      if (slip === null) return err({ code: 'needs-central' });
      const id = uuidv7();
      // Before it is printed: no reprint may be on paper and nowhere else.
      reporter.begin(id);
      outbox.record(applicationId, { at, staffNumber: by.value.number, kind: 'reprint', detail: id });
      const outcome = await printer.print(slip, language);
      if (outcome.kind === 'refused') rows.takeBack(id);
      reporter.end(id);
      parts.onRecorded();
      log.info({ application: applicationId, number, staff: by.value.number, outcome: outcome.kind }, 'slip reprinted');
      return ok({ outcome, number });
    },
  };
}
