import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  type CryptoKey,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  importSPKI,
  type JWK,
} from 'jose';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { readOrCreateSecret } from '../data-directory.ts';
import { errorText, type StartFailure } from '../start-failure.ts';

export const SIGNING_ALGORITHM = 'ES256';

export interface SigningKey {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** The private key as the authorization server wants it. */
  readonly jwk: JWK;
}

/** Central's own key for tokens and grants: `signing-key.pem` in the data folder, made when it is missing. */
export async function openSigningKey(dataDirectory: string): Promise<Result<SigningKey, StartFailure>> {
  const path = join(dataDirectory, 'signing-key.pem');
  try {
    const pem = await readOrCreateSecret(path, async () => {
      const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
      return exportPKCS8(privateKey);
    });
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
    const publicKey = await importSPKI(spki, SIGNING_ALGORITHM, { extractable: true });
    const privateKey = await importPKCS8(pem, SIGNING_ALGORITHM);
    const id = await calculateJwkThumbprint(await exportJWK(publicKey));
    const jwk = await exportJWK(createPrivateKey(pem));
    return ok({ id, privateKey, publicKey, jwk: { ...jwk, kid: id, alg: SIGNING_ALGORITHM, use: 'sig' } });
  } catch (error) {
    return err({ code: 'key-file', message: `cannot use ${path}: ${errorText(error)}` });
  }
}
