import { createHash, type KeyObject } from 'node:crypto';
import { MIGRATIONS } from '../../../electron/backend/database/migrations.ts';
import { openDatabase } from '../../../electron/backend/database/open-database.ts';
import { seal } from '../../../electron/backend/outbox/envelope.ts';
import { ownHalf } from '../../../electron/backend/outbox/own-half.ts';
import { loadTerminalKey } from '../../../electron/backend/outbox/terminal-key.ts';
import { keyInFile } from '../../../electron/backend/outbox/terminal-key-file.ts';
import { noProbe } from '../../../electron/backend/step-probe.ts';
import { EMPTY_QUOTE } from '../../../electron/backend/testing/sync-rig.ts';
import { formatReceiptNumber } from '../../../shared/domain/receipt-number.ts';

export interface OldApplication {
  readonly id: string;
  readonly customerNumber: string;
  readonly grant: string;
  readonly state: 'queued' | 'sending';
  body(receiptNumber: string): string;
}

const DAY = '2026-10-30';

/** How many versions a released program may have left behind, and this one has to take over from. */
export const OLD_VERSIONS = MIGRATIONS.length - 1;

/**
 * What a program of an earlier version left on disk, written with the columns that every version has.
 * @returns their receipt numbers
 */
export function writeOldDatabase(input: {
  dataDir: string;
  terminalCode: string;
  /** How many migrations that program knew, from 1. */
  migrations: number;
  rescueKey: KeyObject;
  applications: readonly OldApplication[];
}): string[] {
  const { dataDir, terminalCode, rescueKey } = input;
  const opened = openDatabase({ dataDir, probe: noProbe, migrations: MIGRATIONS.slice(0, input.migrations) });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const key = loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: true });
  if (!key.ok) throw new Error(key.error.code);
  const terminalKey = key.value;
  const insert = db.prepare(
    `insert into outbox (id, customer_key, procedure_id, receipt_number, receipt_day, receipt_counter, fingerprint,
       state, captured_at, changed_at, payload, terminal_wrapped_key, rescue_wrapped_key, rescue_key_id)
     values (@id, @customerKey, 'internet.change-course', @receiptNumber, @day, @counter, @fingerprint,
       @state, 1, 1, @payload, @terminalWrappedKey, @rescueWrappedKey, @rescueKeyId)`,
  );
  const receipts = input.applications.map(({ id, customerNumber, grant, state, body: bodyOf }, at) => {
    const counter = at + 1;
    const receiptNumber = formatReceiptNumber(terminalCode, DAY, counter);
    const body = bodyOf(receiptNumber);
    const payload = { format: 1, customerNumber, body, grant, quote: EMPTY_QUOTE };
    insert.run({
      id,
      customerKey: terminalKey.customerKey(customerNumber),
      receiptNumber,
      day: DAY,
      counter,
      fingerprint: createHash('sha256').update(body).digest(),
      state,
      ...seal({
        id,
        plaintext: Buffer.from(JSON.stringify(payload)),
        terminalKey,
        rescueKey: { id: 'rescue-1', publicKey: rescueKey },
      }),
    });
    return receiptNumber;
  });
  db.close();
  return receipts;
}
