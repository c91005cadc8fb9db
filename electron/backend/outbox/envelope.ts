import { constants, createCipheriv, createDecipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

export interface RescueKey {
  readonly id: string;
  readonly publicKey: KeyObject;
}

/**
 * AES-256-GCM with a data key of its own, each part as `iv (12) | ciphertext | tag (16)`, the application's id as
 * associated data. The data key is wrapped twice: AES-256-GCM under the terminal's key, RSA-OAEP-SHA256 to the
 * operator, who can open a broken or revoked terminal's queue.
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

export function seal(input: { id: string; plaintext: Buffer; wrappingKey: Buffer; rescueKey: RescueKey }): Envelope {
  const { id, plaintext, wrappingKey, rescueKey } = input;
  const dataKey = randomBytes(32);
  const envelope = {
    payload: encrypt(dataKey, id, plaintext),
    terminalWrappedKey: encrypt(wrappingKey, id, dataKey),
    rescueWrappedKey: publicEncrypt(
      { key: rescueKey.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      dataKey,
    ),
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

export function encrypt(key: Buffer, id: string, plaintext: Buffer): Buffer {
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
