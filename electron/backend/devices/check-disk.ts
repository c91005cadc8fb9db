import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskTest } from '../../../shared/contract/devices.ts';
import { DATABASE_FILE } from '../database/open-database.ts';
import type { MonotonicClock } from '../ports.ts';

const TEST_FILE = 'disk-test';
const TEST_BYTES = 1024 * 1024;

/** Writes where applications are kept, waits until the disk has it, and reads it again. */
export async function testDisk(dataDir: string, monotonic: MonotonicClock): Promise<DiskTest> {
  const path = join(dataDir, TEST_FILE);
  const bytes = randomBytes(TEST_BYTES);
  try {
    const start = monotonic();
    const file = await open(path, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const milliseconds = monotonic() - start;
    const same = bytes.equals(await readFile(path));
    return same ? { kind: 'written', bytes: TEST_BYTES, milliseconds } : { kind: 'failed', reason: 'read-back' };
  } catch (error) {
    return { kind: 'failed', reason: diskTrouble(error) };
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

export function diskTrouble(error: unknown): 'full' | 'not-writable' | 'broken' {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  return code === 'EIO' ? 'broken' : 'not-writable';
}

export async function lookAtDisk(
  dataDir: string,
): Promise<{ readonly freeBytes: number | null; readonly databaseBytes: number }> {
  const space = await statfs(dataDir).catch(() => null);
  const files = await Promise.all(
    ['', '-wal'].map((ending) => stat(join(dataDir, `${DATABASE_FILE}${ending}`)).catch(() => null)),
  );
  return {
    freeBytes: space === null ? null : space.bavail * space.bsize,
    databaseBytes: files.reduce((sum, file) => sum + (file?.size ?? 0), 0),
  };
}
