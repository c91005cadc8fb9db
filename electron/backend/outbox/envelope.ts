import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { KEY_BYTES, type SealingKeys } from './terminal-key.ts';

export interface RescueKey {
  readonly id: string;
  readonly publicKey: KeyObject;
}

/**
 * AES-256-GCM with a data key of its own, each part as `iv (12) | ciphertext | tag (16)`, the application's id as
 * associated data. The data key is wrapped twice: under the terminal's key, and for the operator, who can open a broken
 * or revoked terminal's queue. The operator's is `key in between, RSA-OAEP-SHA256 | data key under that`
 * (docs/decisions/rescue-wrapping.md); earlier programs wrapped the data key by RSA itself.
 */
export interface Envelope {
  readonly payload: Buffer;
  readonly terminalWrappedKey: Buffer;
  readonly rescueWrappedKey: Buffer;
  readonly rescueKeyId: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function seal(input: {
  id: string;
  plaintext: Uint8Array;
  terminalKey: SealingKeys;
  rescueKey: RescueKey;
}): Envelope {
  const { id, plaintext, terminalKey, rescueKey } = input;
  const dataKey = randomBytes(KEY_BYTES);
  const between = terminalKey.betweenFor(rescueKey.publicKey);
  const envelope = {
    payload: encrypt(dataKey, id, plaintext),
    terminalWrappedKey: encrypt(terminalKey.wrappingKey, id, dataKey),
    rescueWrappedKey: Buffer.concat([between.wrapped, encrypt(between.key, id, dataKey)]),
    rescueKeyId: rescueKey.id,
  };
  dataKey.fill(0);
  return envelope;
}

export function unseal(input: {
  id: string;
  payload: Buffer;
  terminalWrappedKey: Buffer;
  wrappingKey: Buffer;
}): Result<Buffer, 'unreadable'> {
  try {
    const dataKey = decrypt(input.wrappingKey, input.id, input.terminalWrappedKey);
    return ok(decrypt(dataKey, input.id, input.payload));
  } catch {
    // Node tells a wrong key, a wrong row and damaged bytes apart only in words.
    return err('unreadable');
  }
}

export function encrypt(key: Buffer, id: string, plaintext: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv);
  cipher.setAAD(Buffer.from(id));
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export function decrypt(key: Buffer, id: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}
