import { createHash, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Configuration } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { readOrCreateSecret } from '../data-directory.ts';
import { errorText, type StartFailure } from '../start-failure.ts';

export type RescueKey = Configuration['rescueKey'];

const RSA_BITS = 3072;

/** The demo's rescue key: its private half stays in `rescue-key.pem` in the data folder. */
export async function demoRescueKey(dataDirectory: string): Promise<Result<RescueKey, StartFailure>> {
  const path = join(dataDirectory, 'rescue-key.pem');
  try {
    const pem = await readOrCreateSecret(path, async () => {
      const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: RSA_BITS });
      return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    });
    return ok(describeKey(createPublicKey(pem)));
  } catch (error) {
    return err({ code: 'key-file', message: `cannot use ${path}: ${errorText(error)}` });
  }
}

/** The operator's public key (SPKI PEM, RSA of 3072 bits or more); its private half never comes near central. */
export function operatorRescueKey(path: string): Result<RescueKey, StartFailure> {
  try {
    const key = createPublicKey(readFileSync(path, 'utf8'));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType !== 'rsa' || bits < RSA_BITS) {
      return err({ code: 'key-file', message: `${path} is no RSA key of at least ${RSA_BITS} bits` });
    }
    return ok(describeKey(key));
  } catch (error) {
    return err({ code: 'key-file', message: `cannot use ${path}: ${errorText(error)}` });
  }
}

export function rescueKeyId(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

function describeKey(key: KeyObject): RescueKey {
  return {
    id: rescueKeyId(key),
    publicKeyPem: key.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
