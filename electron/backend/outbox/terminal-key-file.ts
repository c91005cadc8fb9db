import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '../../../shared/domain/result.ts';
import { readIfThere, syncFolder, writeForGood } from '../database/small-file.ts';
import { KEY_BYTES, type TerminalKeyStore } from './terminal-key.ts';

export const TERMINAL_KEY_FILE = 'terminal.key';
/** Where Electron keeps the same key under the system's keyring, in place of the plain file. */
export const SEALED_KEY_FILE = 'terminal.key.sealed';

/** A file that only the terminal's own user can read. */
export function keyInFile(dataDir: string): TerminalKeyStore {
  return {
    read: () => {
      const secret = readIfThere(join(dataDir, TERMINAL_KEY_FILE));
      if (secret !== null) return secret.length === KEY_BYTES ? ok(secret) : err({ code: 'terminal-key-invalid' });
      return existsSync(join(dataDir, SEALED_KEY_FILE)) ? err({ code: 'terminal-key-locked' }) : ok(null);
    },
    create: () => {
      const secret = randomBytes(KEY_BYTES);
      writeForGood(dataDir, TERMINAL_KEY_FILE, secret);
      return secret;
    },
  };
}

/** Once the same key is kept better elsewhere. */
export function takeAwayKeyFile(dataDir: string): void {
  rmSync(join(dataDir, TERMINAL_KEY_FILE), { force: true });
  syncFolder(dataDir);
}
