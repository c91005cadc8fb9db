import { createHmac, hkdfSync } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

/** Keys that follow from the terminal's one secret. */
export interface TerminalKey {
  readonly wrappingKey: Buffer;
  /** The same customer gives the same key on this terminal, and nobody without the secret can tell whose it is. */
  customerKey(customerNumber: string): Buffer;
}

/** Where the terminal's secret is kept. */
export interface TerminalKeyStore {
  /** null: there is none yet. */
  read(): Result<Buffer | null, TerminalKeyError>;
  /** Makes one; it is on disk for good when this returns. Only ever called where `read` gave null. */
  create(): Buffer;
}

export const KEY_BYTES = 32;

/** `locked`: it is there, and what would open it is not. */
export type TerminalKeyError = {
  readonly code: 'terminal-key-missing' | 'terminal-key-invalid' | 'terminal-key-locked';
};

/**
 * Reads the terminal's key, or makes it.
 * @param mayCreate false where applications wait that an older key wrapped: a new one would leave them unreadable here
 */
export function loadTerminalKey(input: {
  store: TerminalKeyStore;
  mayCreate: boolean;
}): Result<TerminalKey, TerminalKeyError> {
  const existing = input.store.read();
  if (!existing.ok) return existing;
  if (existing.value !== null) return ok(deriveTerminalKey(existing.value));
  if (!input.mayCreate) return err({ code: 'terminal-key-missing' });
  return ok(deriveTerminalKey(input.store.create()));
}

/** A key that somebody else keeps. */
export const givenKey = (secret: Buffer): TerminalKeyStore => ({
  read: () => ok(secret),
  create: () => {
    throw new Error('there is a key already');
  },
});

export function deriveTerminalKey(secret: Buffer): TerminalKey {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  const customerSecret = derive('madoguchi outbox customer');
  return {
    wrappingKey: derive('madoguchi outbox wrap'),
    customerKey: (customerNumber) => createHmac('sha256', customerSecret).update(customerNumber).digest(),
  };
}
