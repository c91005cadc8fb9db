import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { SigningKey } from './signing-key.ts';

/** Keeps a text out of the database that lies there for a while. */
export interface Seal {
  seal(text: string): string;
  /** null: sealed by another key, or for another purpose, or changed. */
  open(sealed: string): string | null;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key is derived from central's own, which all processes of one central have. @param purpose each has its own */
export function createSeal({ jwk }: Pick<SigningKey, 'jwk'>, purpose: string): Seal {
  if (jwk.d === undefined) throw new Error('the signing key has no private half');
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(jwk.d, 'base64url'), '', purpose, 32));
  return {
    seal: (text) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const textAt = IV_BYTES + TAG_BYTES;
      if (bytes.length < textAt) return null;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, textAt));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
