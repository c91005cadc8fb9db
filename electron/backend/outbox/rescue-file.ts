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
import { isDiskFailure, type SqliteDatabase } from '../database/open-database.ts';
import { readIfThere, writeWhole } from '../database/small-file.ts';

interface WaitingKey {
  readonly id: string;
  readonly receiptNumber: string;
}

interface WaitingRow extends WaitingKey {
  readonly fingerprint: Buffer;
  readonly rescueKeyId: string;
  readonly rescueWrappedKey: Buffer;
  readonly payload: Buffer;
}

const NOT_AT_CENTRAL = `state in ('queued', 'sending') or (state = 'held' and order_id is null)`;

/** Holds the digest's place until the content is written: a file that was broken off says of itself that it is damaged. */
const NO_DIGEST = '0'.repeat(64);

/**
 * Everything that central may not have, as it lies here: nothing is opened, and the terminal may go on sending. Whoever
 * comes second at central is told that it is known.
 * @param file open for writing, and empty
 * @param from.exportedAt epoch ms
 * @returns how many applications are in it
 */
export function writeRescueFile(
  file: number,
  from: { db: SqliteDatabase; dataDir: string; exportedAt: number },
): number {
  const waiting = from.db
    .prepare<[], WaitingKey>(
      `select id, receipt_number as receiptNumber from outbox
       where (${NOT_AT_CENTRAL}) and payload is not null and rescue_wrapped_key is not null order by seq`,
    )
    .all();
  const firstLine = (digest: string): Buffer => {
    const header: z.infer<typeof rescueHeaderSchema> = {
      format: RESCUE_FORMAT,
      version: RESCUE_VERSION,
      terminals: [...new Set(waiting.map(({ receiptNumber }) => receiptNumber.split('-')[0] ?? ''))],
      exportedAt: new Date(from.exportedAt).toISOString(),
      applications: waiting.length,
      digest,
    };
    return Buffer.from(`${JSON.stringify(header)}\n`);
  };
  let at = writeWhole(file, firstLine(NO_DIGEST), 0);
  const digest = createHash('sha256');
  for (const entry of rescueEntries(from, waiting)) {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    digest.update(line);
    at += writeWhole(file, line, at);
  }
  writeWhole(file, firstLine(digest.digest('hex')), 0);
  return waiting.length;
}

/** One after the other: with their pictures they are more than a terminal's memory, and than any string, can hold. */
export function* rescueEntries(
  from: { db: SqliteDatabase; dataDir: string },
  waiting: readonly Pick<WaitingKey, 'id'>[],
): Generator<RescueEntry> {
  const captures = captureRows(from.db);
  const read = from.db.prepare<[string], WaitingRow>(
    `select id, receipt_number as receiptNumber, fingerprint, rescue_key_id as rescueKeyId,
       rescue_wrapped_key as rescueWrappedKey, payload
     from outbox where id = ?`,
  );
  for (const { id } of waiting) {
    const row = read.get(id);
    if (row === undefined) continue;
    yield {
      id,
      receiptNumber: row.receiptNumber,
      fingerprint: row.fingerprint.toString('hex'),
      rescueKeyId: row.rescueKeyId,
      rescueWrappedKey: row.rescueWrappedKey.toString('base64'),
      payload: row.payload.toString('base64'),
      captures: captures.of(id).flatMap((capture) => {
        const content = readIfPossible(join(from.dataDir, CAPTURE_FOLDER, capture.file));
        const { hash, mediaType, file, rescueKeyId, rescueWrappedKey } = capture;
        const sealed = {
          hash,
          mediaType,
          id: file,
          rescueKeyId,
          rescueWrappedKey: rescueWrappedKey.toString('base64'),
        };
        return content === null ? [] : { ...sealed, content: content.toString('base64') };
      }),
    };
  }
}

/** null: it was lost, or the disk doesn't give it any more. The application is rescued without it. */
function readIfPossible(path: string): Buffer | null {
  try {
    return readIfThere(path);
  } catch (error) {
    if (isDiskFailure(error)) return null;
    throw error;
  }
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
