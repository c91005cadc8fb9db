import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  RESCUE_FORMAT,
  RESCUE_VERSION,
  type RescueEntry,
  type rescueHeaderSchema,
} from '../../../shared/central-api/rescue.ts';
import { captureRows } from '../captures/capture-rows.ts';
import { CAPTURE_FOLDER } from '../captures/capture-store.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import { readIfThere } from '../database/small-file.ts';

interface WaitingRow {
  readonly id: string;
  readonly receiptNumber: string;
  readonly fingerprint: Buffer;
  readonly rescueKeyId: string;
  readonly rescueWrappedKey: Buffer;
  readonly payload: Buffer;
}

export interface RescueFile {
  readonly text: string;
  readonly applications: number;
}

const NOT_AT_CENTRAL = `state in ('queued', 'sending') or (state = 'held' and order_id is null)`;

/**
 * Everything that central may not have, as it lies here: nothing is opened, and the terminal may go on sending. Whoever
 * comes second at central is told that it is known.
 * @param exportedAt epoch ms
 */
export function rescueFile(db: SqliteDatabase, dataDir: string, exportedAt: number): RescueFile {
  const captures = captureRows(db);
  const rows = db
    .prepare<[], WaitingRow>(
      `select id, receipt_number as receiptNumber, fingerprint, rescue_key_id as rescueKeyId,
         rescue_wrapped_key as rescueWrappedKey, payload
       from outbox where ${NOT_AT_CENTRAL} order by seq`,
    )
    .all();
  const lines = rows.map((row) => {
    const entry: RescueEntry = {
      id: row.id,
      receiptNumber: row.receiptNumber,
      fingerprint: row.fingerprint.toString('hex'),
      rescueKeyId: row.rescueKeyId,
      rescueWrappedKey: row.rescueWrappedKey.toString('base64'),
      payload: row.payload.toString('base64'),
      captures: captures.of(row.id).flatMap((capture) => {
        const content = readIfThere(join(dataDir, CAPTURE_FOLDER, capture.file));
        const { hash, mediaType, file: id, rescueKeyId, rescueWrappedKey } = capture;
        const sealed = { hash, mediaType, id, rescueKeyId, rescueWrappedKey: rescueWrappedKey.toString('base64') };
        // The application is rescued without what was lost.
        return content === null ? [] : { ...sealed, content: content.toString('base64') };
      }),
    };
    return `${JSON.stringify(entry)}\n`;
  });
  const content = lines.join('');
  const header: z.infer<typeof rescueHeaderSchema> = {
    format: RESCUE_FORMAT,
    version: RESCUE_VERSION,
    terminals: [...new Set(rows.map(({ receiptNumber }) => receiptNumber.split('-')[0] ?? ''))],
    exportedAt: new Date(exportedAt).toISOString(),
    applications: rows.length,
    digest: createHash('sha256').update(content).digest('hex'),
  };
  return { text: `${JSON.stringify(header)}\n${content}`, applications: rows.length };
}

/**
 * Before the file is there: from then on central may get each of them at any time, so that none is withdrawn or
 * corrected here as if central couldn't.
 * @returns undoes it, for a file that did not come about
 */
export function markExported(db: SqliteDatabase, exportedAt: number): () => void {
  const ids = db
    .prepare<[number], string>(
      `update outbox set exported_at = ? where exported_at is null and (${NOT_AT_CENTRAL}) returning id`,
    )
    .pluck()
    .all(exportedAt);
  const unmark = db.prepare<[string]>('update outbox set exported_at = null where id = ?');
  return db.transaction(() => {
    for (const id of ids) unmark.run(id);
  });
}
