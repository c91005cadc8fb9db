import { constants, createHmac, hkdfSync, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { OwnHalf } from './own-half.ts';

/** What data keys are wrapped under, for the terminal itself and for the operator. */
export interface SealingKeys {
  readonly wrappingKey: Buffer;
  /** A key in between, and that key wrapped to the operator's (docs/decisions/rescue-wrapping.md). */
  betweenFor(rescueKey: KeyObject): { readonly key: Buffer; readonly wrapped: Buffer };
}

/** Keys that follow from the terminal's secret and the half that it keeps itself. */
export interface TerminalKey extends SealingKeys {
  /** Seals the key that the terminal has at central. */
  readonly clientSealingKey: Buffer;
  /** The same customer gives the same key on this terminal, and nobody without the secret can tell whose it is. */
  customerKey(customerNumber: string): Buffer;
}

/** Keys that are still in this program's memory, and can be put out of it. */
interface DerivedKey extends TerminalKey {
  /** Overwrites them all: whoever reads the memory later opens nothing with them. */
  erase(): void;
}

/** A key that can be lost on purpose: from then on it is another one. */
export interface RenewableTerminalKey extends TerminalKey {
  renew(): void;
}

/** Where the terminal's secret is kept. */
export interface TerminalKeyStore {
  /** null: there is none yet. */
  read(): Result<Buffer | null, TerminalKeyError>;
  /** Makes one; it is on disk for good when this returns. Only ever called where `read` gave null. */
  create(): Buffer;
}

export const KEY_BYTES = 32;

/** `locked`: it is there, and what would open it is not. `disk-full`: a new one can't be kept. */
export type TerminalKeyError = {
  readonly code: 'terminal-key-missing' | 'terminal-key-invalid' | 'terminal-key-locked' | 'disk-full';
};

/**
 * Reads the terminal's key, or makes it.
 * @param mayCreate false where applications wait that an older key wrapped: a new one would leave them unreadable here
 */
export function loadTerminalKey(input: {
  store: TerminalKeyStore;
  half: OwnHalf;
  mayCreate: boolean;
}): Result<RenewableTerminalKey, TerminalKeyError> {
  const existing = input.store.read();
  if (!existing.ok) return existing;
  const half = input.half.read();
  if ((existing.value === null || half === null) && !input.mayCreate) return err({ code: 'terminal-key-missing' });
  let secret: Buffer;
  let key: DerivedKey;
  try {
    secret = existing.value ?? input.store.create();
    key = deriveTerminalKey(secret, half ?? input.half.replace());
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
    return err({ code: 'disk-full' });
  }
  return ok({
    get wrappingKey() {
      return key.wrappingKey;
    },
    get clientSealingKey() {
      return key.clientSealingKey;
    },
    betweenFor: (rescueKey) => key.betweenFor(rescueKey),
    customerKey: (customerNumber) => key.customerKey(customerNumber),
    renew: () => {
      const before = key;
      key = deriveTerminalKey(secret, input.half.replace());
      before.erase();
    },
  });
}

/** A key that somebody else keeps. */
export const givenKey = (secret: Buffer): TerminalKeyStore => ({
  read: () => ok(secret),
  create: () => {
    throw new Error('there is a key already');
  },
});

export function deriveTerminalKey(secret: Buffer, half: Buffer): DerivedKey {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, half, purpose, KEY_BYTES));
  const customerSecret = derive('madoguchi outbox customer');
  const wrappingKey = derive('madoguchi outbox wrap');
  const clientSealingKey = derive('madoguchi client key');
  const between = keysInBetween();
  return {
    wrappingKey,
    clientSealingKey,
    betweenFor: between.keyFor,
    customerKey: (customerNumber) => createHmac('sha256', customerSecret).update(customerNumber).digest(),
    erase: () => {
      for (const key of [customerSecret, wrappingKey, clientSealingKey]) key.fill(0);
      between.erase();
    },
  };
}

/** One for the operator's key, made when that is first wanted. It goes with the terminal key that it belongs to. */
function keysInBetween(): { readonly keyFor: SealingKeys['betweenFor']; readonly erase: () => void } {
  let made: { readonly rescueKey: KeyObject; readonly between: ReturnType<SealingKeys['betweenFor']> } | null = null;
  const erase = (): void => {
    made?.between.key.fill(0);
    made = null;
  };
  return {
    keyFor: (rescueKey) => {
      if (made?.rescueKey.equals(rescueKey) === true) return made.between;
      erase();
      const key = randomBytes(KEY_BYTES);
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const between = { key, wrapped: publicEncrypt({ key: rescueKey, padding, oaepHash: 'sha256' }, key) };
      made = { rescueKey, between };
      return between;
    },
    erase,
  };
}
