import { constants, type KeyLike, privateDecrypt } from 'node:crypto';
import { decrypt } from '../outbox/envelope.ts';

export const RESCUE_RSA = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;

/** The data key of an application as the operator gets at it. @param rsaBytes of their key */
export function rescuedKey(wrapped: Buffer, id: string, rescue: { key: KeyLike; rsaBytes: number }): Buffer {
  const between = privateDecrypt({ key: rescue.key, ...RESCUE_RSA }, wrapped.subarray(0, rescue.rsaBytes));
  return decrypt(between, id, wrapped.subarray(rescue.rsaBytes));
}
