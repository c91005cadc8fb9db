import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureFolder } from '../database/ensure-folder.ts';
import type { SystemClock } from '../ports.ts';

const FOLDER = 'logs';
const NAME = 'terminal';
const MOST_BYTES = 5 * 1024 * 1024;
const OLDEST_MS = 24 * 60 * 60 * 1000;
/** Beside the one that is written: about a week of a busy terminal, and never more than that on its disk. */
const KEPT = 7;

/**
 * The terminal's log in its data folder, for whoever looks into it when nothing else kept it. A full or broken disk costs
 * lines and nothing else.
 * @param mostBytes in one file
 * @returns writes a line that was redacted
 */
export function logInFolder(dataDir: string, now: SystemClock, mostBytes = MOST_BYTES): (line: string) => void {
  const folder = join(dataDir, FOLDER);
  const path = (age: number): string => join(folder, age === 0 ? `${NAME}.log` : `${NAME}.${age}.log`);
  let current: { bytes: number; since: number } | null = null;

  function open(): { bytes: number; since: number } {
    ensureFolder(folder);
    const stats = statSync(path(0), { throwIfNoEntry: false });
    return { bytes: stats?.size ?? 0, since: stats?.birthtimeMs ?? now() };
  }

  function rotate(): void {
    for (let age = KEPT; age > 0; age -= 1) {
      if (age === KEPT) rmSync(path(age), { force: true });
      if (statSync(path(age - 1), { throwIfNoEntry: false }) !== undefined) renameSync(path(age - 1), path(age));
    }
  }

  return (line) => {
    try {
      current ??= open();
      // A clock that was set makes an early file at worst.
      const isOld = Math.abs(now() - current.since) >= OLDEST_MS;
      if (current.bytes > 0 && (isOld || current.bytes + Buffer.byteLength(line) > mostBytes)) {
        rotate();
        current = { bytes: 0, since: now() };
      }
      appendFileSync(path(0), line, { mode: 0o600 });
      current.bytes += Buffer.byteLength(line);
    } catch {
      // It stands on stderr all the same; where the files are is looked at anew.
      current = null;
    }
  };
}
