import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CAPTURE_LIMITS } from '../../../shared/central-api/captures.ts';
import type { Picture } from '../../../shared/domain/picture/strip-metadata.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { ensureFolder } from '../database/ensure-folder.ts';
import { isDiskFailure, type SqliteDatabase } from '../database/open-database.ts';
import { readIfThere, syncFolder, writeForGood } from '../database/small-file.ts';
import { type RescueKey, seal, unseal } from '../outbox/envelope.ts';
import type { SealingKeys } from '../outbox/terminal-key.ts';
import type { StepProbe } from '../step-probe.ts';
import { type CaptureRow, captureRows } from './capture-rows.ts';

/** A picture of an application's identity check, as it lies here. */
export type Capture = Pick<CaptureRow, 'applicationId' | 'hash' | 'mediaType' | 'bytes'>;

export type KeepError = 'too-many' | 'disk-full';

/** Pictures as sealed files beside the database, which has their keys. */
export interface CaptureStore {
  /** Durable when it returns. The same picture again is the same. */
  keep(input: { applicationId: string; picture: Picture; rescueKey: RescueKey }): Result<Capture, KeepError>;
  of(applicationId: string): Capture[];
  /** `lost`: its file is gone or damaged, or this terminal has its key no more. */
  read(capture: Capture): Result<Buffer, 'lost'>;
  /** Within a transaction of the caller's: from now on they are another application's. */
  move(from: string, to: string): void;
  /** It was taken anew, or isn't needed after all. */
  discard(capture: Pick<Capture, 'applicationId' | 'hash'>): void;
  /** Of what central accepted or rejected, or a person withdrew. */
  eraseSettled(): void;
  /**
   * Of what was not applied for, and what a crash left over. For the start, when nobody is at the terminal. Not before
   * staff have seen what a damaged database cost.
   */
  eraseUnclaimed(): void;
}

export const CAPTURE_FOLDER = 'captures';

export function createCaptureStore(parts: {
  db: SqliteDatabase;
  dataDir: string;
  terminalKey: SealingKeys;
  probe: StepProbe;
}): CaptureStore {
  const { db, terminalKey, probe } = parts;
  const rows = captureRows(db);
  const folder = join(parts.dataDir, CAPTURE_FOLDER);

  /** Keys are gone whose files may still be there. */
  let hasStrays = true;

  /** Their keys first, and from the disk for good: what is left of a file then is nothing that anybody could read. */
  function erased(deleted: number): void {
    hasStrays ||= deleted > 0;
    if (!hasStrays || rows.mayBeOfLost()) return;
    db.pragma('wal_checkpoint(TRUNCATE)');
    const known = rows.files();
    const strays = namesIn(folder).filter((name) => !known.has(name));
    for (const name of strays) rmSync(join(folder, name));
    if (strays.length > 0) syncFolder(folder);
    hasStrays = false;
  }

  function insert(input: Parameters<CaptureStore['keep']>[0], hash: string): Capture {
    const { applicationId, picture, rescueKey } = input;
    const { mediaType, content } = picture;
    const file = randomUUID();
    const { payload, ...keys } = seal({
      ...{ id: file, plaintext: content, terminalKey, rescueKey },
    });
    ensureFolder(folder);
    writeForGood(folder, file, payload);
    probe.reached('capture.written');
    try {
      rows.insert({ ...{ applicationId, hash, mediaType, bytes: content.length, file }, ...keys });
    } catch (error) {
      rmSync(join(folder, file), { force: true });
      throw error;
    }
    probe.reached('capture.inserted');
    return { applicationId, hash, mediaType, bytes: content.length };
  }

  return {
    keep: (input) => {
      const hash = createHash('sha256').update(input.picture.content).digest('hex');
      const others = rows.of(input.applicationId);
      const known = others.find((one) => one.hash === hash);
      if (known !== undefined) return ok(toCapture(known));
      if (others.length >= CAPTURE_LIMITS.ofApplication) return err('too-many');
      try {
        return ok(insert(input, hash));
      } catch (error) {
        if (isDiskFailure(error)) return err('disk-full');
        throw error;
      }
    },
    of: (applicationId) => rows.of(applicationId).map(toCapture),
    read: ({ applicationId, hash }) => {
      const row = rows.of(applicationId).find((one) => one.hash === hash);
      const payload = row === undefined ? null : readable(join(folder, row.file));
      if (row === undefined || payload === null) return err('lost');
      const { file: id, terminalWrappedKey } = row;
      const opened = unseal({ id, payload, terminalWrappedKey, wrappingKey: terminalKey.wrappingKey });
      return opened.ok ? opened : err('lost');
    },
    move: rows.move,
    discard: ({ applicationId, hash }) => erased(rows.forget(applicationId, hash)),
    eraseSettled: () => erased(rows.forgetSettled()),
    eraseUnclaimed: () => erased(rows.mayBeOfLost() ? 0 : rows.forgetUnclaimed()),
  };
}

/** A disk that can't give it back has lost it. */
function readable(path: string): Buffer | null {
  try {
    return readIfThere(path);
  } catch (error) {
    if (isDiskFailure(error)) return null;
    throw error;
  }
}

const toCapture = ({ applicationId, hash, mediaType, bytes }: CaptureRow): Capture => ({
  ...{ applicationId, hash, mediaType, bytes },
});

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
