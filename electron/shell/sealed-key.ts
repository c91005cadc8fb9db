import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { isDiskFailure } from '../backend/database/open-database.ts';
import { readIfThere, writeForGood } from '../backend/database/small-file.ts';
import { givenKey, KEY_BYTES, type TerminalKeyError, type TerminalKeyStore } from '../backend/outbox/terminal-key.ts';
import { keyInFile, SEALED_KEY_FILE, takeAwayKeyFile, TERMINAL_KEY_FILE } from '../backend/outbox/terminal-key-file.ts';

/** What is used of Electron's safeStorage. */
export interface Keyring {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  /** Only Linux has a choice. */
  getSelectedStorageBackend(): string;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ result: string }>;
}

/** What a Linux without a keyring falls back to: a password that everybody knows. */
const NO_PROTECTION = ['basic_text', 'unknown'];

/**
 * The terminal's key, sealed by the system's keyring. Where the system has none that protects anything, it stays in a
 * file for the terminal's user only. A key that such a file held before is sealed as soon as there is a keyring.
 */
export async function openKeyStore(input: {
  dataDir: string;
  keyring: Keyring;
  platform: NodeJS.Platform;
  onNoKeyring(): void;
}): Promise<Result<TerminalKeyStore, TerminalKeyError>> {
  const { dataDir, keyring, platform } = input;
  const inFile = keyInFile(dataDir);
  if (!(await protects(keyring, platform))) {
    input.onNoKeyring();
    return ok(inFile);
  }
  const sealed = readIfThere(join(dataDir, SEALED_KEY_FILE));
  if (sealed === null) {
    const plain = inFile.read();
    if (!plain.ok) return plain;
    const secret = plain.value ?? randomBytes(KEY_BYTES);
    const ready = await keyring.encryptStringAsync(secret.toString('base64'));
    const keep = (): Buffer => {
      writeForGood(dataDir, SEALED_KEY_FILE, ready);
      return secret;
    };
    if (plain.value === null) return ok({ read: () => ok(null), create: keep });
    try {
      keep();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // The plain file goes on keeping it until a start finds room.
      return ok(inFile);
    }
    takeAwayKeyFile(dataDir);
    return ok(givenKey(secret));
  }
  const secret = await unseal(keyring, sealed);
  if (secret === null) return err({ code: 'terminal-key-invalid' });
  const plain = readIfThere(join(dataDir, TERMINAL_KEY_FILE));
  // Two keys: applications may wait under either of them, so that only a person can say which one goes.
  if (plain !== null && !plain.equals(secret)) return err({ code: 'terminal-key-invalid' });
  takeAwayKeyFile(dataDir);
  return ok(givenKey(secret));
}

async function protects(keyring: Keyring, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keyring.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !NO_PROTECTION.includes(keyring.getSelectedStorageBackend());
}

async function unseal(keyring: Keyring, sealed: Buffer): Promise<Buffer | null> {
  try {
    const secret = Buffer.from((await keyring.decryptStringAsync(sealed)).result, 'base64');
    return secret.length === KEY_BYTES ? secret : null;
  } catch {
    return null;
  }
}
