import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

/** Keys that follow from the terminal's one secret. */
export interface TerminalKey {
  readonly wrappingKey: Buffer;
  /** The same customer gives the same key on this terminal, and nobody without the secret can tell whose it is. */
  customerKey(customerNumber: string): Buffer;
}

export const TERMINAL_KEY_FILE = 'terminal.key';
const KEY_BYTES = 32;

export type TerminalKeyError = { readonly code: 'terminal-key-missing' | 'terminal-key-invalid' };

/**
 * Reads the terminal's key from its 0600 file, or makes it.
 * @param mayCreate false where applications wait that an older key wrapped: a new one would leave them unreadable here
 */
export function loadTerminalKey(input: { dataDir: string; mayCreate: boolean }): Result<TerminalKey, TerminalKeyError> {
  const path = join(input.dataDir, TERMINAL_KEY_FILE);
  const existing = readIfThere(path);
  if (existing !== null) {
    return existing.length === KEY_BYTES ? ok(deriveTerminalKey(existing)) : err({ code: 'terminal-key-invalid' });
  }
  if (!input.mayCreate) return err({ code: 'terminal-key-missing' });
  const secret = randomBytes(KEY_BYTES);
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, secret);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const folder = openSync(input.dataDir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  return ok(deriveTerminalKey(secret));
}

export function deriveTerminalKey(secret: Buffer): TerminalKey {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  const customerSecret = derive('madoguchi outbox customer');
  return {
    wrappingKey: derive('madoguchi outbox wrap'),
    customerKey: (customerNumber) => createHmac('sha256', customerSecret).update(customerNumber).digest(),
  };
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
