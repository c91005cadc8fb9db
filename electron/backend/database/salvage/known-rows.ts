import { z } from 'zod';
import { captureHashSchema, captureMediaTypeSchema } from '../../../../shared/central-api/captures.ts';
import { applicationStateSchema, orderProgressSchema, stateReasonSchema } from '../../../../shared/contract/events.ts';
import { queueActSchema } from '../../../../shared/contract/queue.ts';
import { formatReceiptNumber, isReceiptNumber } from '../../../../shared/domain/receipt-number.ts';
import type { SqliteDatabase } from '../open-database.ts';
import type { RawValue } from './raw-records.ts';

const applicationId = z.uuidv7();
const bytes = z.instanceof(Buffer);
const time = z.int();
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const applicationSchema = z
  .object({
    id: applicationId,
    customer_key: bytes,
    procedure_id: z.string(),
    receipt_number: z.string().refine(isReceiptNumber),
    receipt_day: z.iso.date(),
    receipt_counter: z.int().min(1),
    fingerprint: bytes,
    state: applicationStateSchema,
    reason: stateReasonSchema.nullable(),
    progress: orderProgressSchema.nullable(),
    order_id: z.string().nullable(),
    captured_at: time,
    changed_at: time,
    payload: bytes.nullable(),
    terminal_wrapped_key: bytes.nullable(),
    rescue_wrapped_key: bytes.nullable(),
    rescue_key_id: z.string().nullable(),
    corrected_by: applicationId.nullable(),
    taken_by: z.string().nullable(),
    exported_at: time.nullable(),
  })
  .refine(({ receipt_number: number, receipt_day: day, receipt_counter: counter }) => {
    return number === formatReceiptNumber(number.split('-')[0] ?? '', day, counter);
  });

/** How a row of each table is told from what only looks like one. */
export const KNOWN_ROWS: Readonly<Record<string, z.ZodType>> = {
  outbox: applicationSchema,
  outbox_act: z.object({
    application_id: applicationId,
    at: time,
    staff_number: z.string().regex(/^\d{1,20}$/),
    kind: queueActSchema,
    detail: z.string().nullable(),
    reported_at: time.nullable(),
  }),
  kept_document: z.object({
    name: z.enum(['catalog', 'configuration', 'identity', 'staff']),
    version: z.string(),
    etag: z.string().nullable(),
    as_of: time,
    body: z.string().refine(isJson),
  }),
  capture: z.object({
    application_id: applicationId,
    hash: captureHashSchema,
    media_type: captureMediaTypeSchema,
    bytes: z.int().min(1),
    file: z.uuid(),
    terminal_wrapped_key: bytes,
    rescue_wrapped_key: bytes,
    rescue_key_id: z.string(),
  }),
  kept_draft: z.object({ id: applicationId, customer_key: bytes, kept_at: time, payload: bytes }),
  secret_print: z.object({ issue_id: z.string().min(1), attempt: z.int().min(1), begun_at: time }),
  salvage: z.object({
    at: time,
    kept_aside: z.string(),
    saved: z.int(),
    missing: z.string().refine(isJson),
    receipt_day: z.iso.date(),
    receipt_counter: z.int(),
    is_checked: z.literal([0, 1]),
    confirmed_at: time.nullable(),
    confirmed_by: z.string().nullable(),
    log_cut: z.literal([0, 1]).nullable(),
    identity_lost: z.literal([0, 1]).nullable(),
    last_seq: z.int().nullable(),
  }),
};

export interface TableRow {
  readonly table: string;
  readonly row: Readonly<Record<string, RawValue>>;
}

/**
 * @param db of this program's version, which says what columns a table has
 * @returns tells which table's row some values are; null: none's
 */
export function rowReader(db: SqliteDatabase): (rowid: number, values: readonly RawValue[]) => TableRow | null {
  const tables = Object.entries(KNOWN_ROWS).map(([table, schema]) => ({
    table,
    schema,
    columns: z
      .array(z.object({ name: z.string(), pk: z.int(), type: z.string() }))
      .parse(db.pragma(`table_info(${table})`)),
  }));
  return (rowid, values) => {
    for (const { table, schema, columns } of tables) {
      if (values.length > columns.length) continue;
      // Columns that a later version added are missing in what was written before; an alias of the rowid holds null.
      const row = Object.fromEntries(
        columns.map(({ name, pk, type }, at) => [name, pk === 1 && type === 'INTEGER' ? rowid : (values[at] ?? null)]),
      );
      if (schema.safeParse(row).success) return { table, row };
    }
    return null;
  };
}
