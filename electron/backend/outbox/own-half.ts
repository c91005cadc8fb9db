import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { overwrite, readIfThere, writeForGood } from '../database/small-file.ts';

/**
 * The half of the terminal's key that lies in its data folder, whoever keeps the other: a keyring or systemd gives the
 * same secret again and again, so a terminal that has to lose its key loses this.
 */
export interface OwnHalf {
  /** null: there is none yet. */
  read(): Buffer | null;
  /** Makes another in its place; the one before is gone from the disk, as far as we can see to it. */
  replace(): Buffer;
}

export const OWN_HALF_FILE = 'terminal.half';
const BYTES = 32;

export function ownHalf(dataDir: string): OwnHalf {
  const path = join(dataDir, OWN_HALF_FILE);
  return {
    read: () => readIfThere(path),
    replace: () => {
      const old = readIfThere(path);
      if (old !== null) overwrite(path, randomBytes(old.length));
      const half = randomBytes(BYTES);
      writeForGood(dataDir, OWN_HALF_FILE, half);
      return half;
    },
  };
}
