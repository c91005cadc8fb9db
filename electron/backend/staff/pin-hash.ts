import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A PIN has a million possibilities: the hash is slow, and it is kept encrypted under the terminal's key besides. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

export interface PinHash {
  /** base64 */
  readonly salt: string;
  /** base64 */
  readonly hash: string;
}

export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES);
  return { salt: salt.toString('base64'), hash: (await derive(pin, salt)).toString('base64') };
}

export async function isPin(pin: string, { salt, hash }: PinHash): Promise<boolean> {
  return timingSafeEqual(await derive(pin, Buffer.from(salt, 'base64')), Buffer.from(hash, 'base64'));
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
