import { createHash, createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { terminalCodeSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { DocumentKeeper } from '../database/kept-document.ts';
import { decrypt, encrypt } from '../outbox/envelope.ts';
import type { RenewableTerminalKey } from '../outbox/terminal-key.ts';
import type { SystemClock } from '../ports.ts';

/** Who this terminal is at central. */
export interface ClientIdentity {
  readonly clientId: string;
  readonly terminalCode: string;
  readonly privateKey: KeyObject;
}

export interface Registration {
  readonly clientId: string;
  readonly terminalCode: string;
  readonly privateJwk: JsonWebKey;
}

export interface Identity {
  /** null: the terminal belongs to no shop. */
  current(): ClientIdentity | null;
  wasRevoked(): boolean;
  take(registration: Registration): void;
  /** Central does not know it any more; what the terminal's key has sealed stays readable. */
  drop(): void;
  /** Nothing that the terminal's key has sealed can be read here any more, this identity's own key included. */
  revoke(): void;
}

const storedSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('enrolled'),
    clientId: z.string(),
    terminalCode: terminalCodeSchema,
    /** The private key, under the terminal's key: whoever has this database alone is nobody. */
    sealedKey: z.base64(),
  }),
  z.object({ state: z.literal('unknown') }),
  /** `lostKey`: which terminal key has to go, in case that the program ended before it was gone. */
  z.object({ state: z.literal('revoked'), lostKey: z.string() }),
]);
type Stored = z.infer<typeof storedSchema>;

/** Kept in the database. @param terminalKey renewed on revocation */
export function openIdentity(parts: {
  keeper: DocumentKeeper;
  terminalKey: RenewableTerminalKey;
  now: SystemClock;
}): Identity {
  const { keeper, terminalKey, now } = parts;
  let stored = parseStored(keeper.read()?.body);
  let current = stored?.state === 'enrolled' ? unsealed(stored) : null;
  if (stored?.state === 'revoked') eraseKey(stored.lostKey);

  function unsealed({
    clientId,
    terminalCode,
    sealedKey,
  }: Extract<Stored, { state: 'enrolled' }>): ClientIdentity | null {
    try {
      const jwk = decrypt(terminalKey.clientSealingKey, clientId, Buffer.from(sealedKey, 'base64')).toString('utf8');
      const key = createPrivateKey({ key: jwkSchema.parse(JSON.parse(jwk)), format: 'jwk' });
      return { clientId, terminalCode, privateKey: key };
    } catch {
      // Sealed by a terminal key that is gone: the terminal has to enrol anew.
      return null;
    }
  }

  function keep(next: Stored): void {
    keeper.write({ version: next.state, etag: null, asOf: now(), body: JSON.stringify(next) });
    stored = next;
    current = next.state === 'enrolled' ? unsealed(next) : null;
  }

  function eraseKey(lostKey: string): void {
    if (nameOf(terminalKey) === lostKey) terminalKey.renew();
  }

  return {
    current: () => current,
    wasRevoked: () => stored?.state === 'revoked',
    take: ({ clientId, terminalCode, privateJwk }) => {
      const sealed = encrypt(terminalKey.clientSealingKey, clientId, Buffer.from(JSON.stringify(privateJwk)));
      keep({ state: 'enrolled', clientId, terminalCode, sealedKey: sealed.toString('base64') });
    },
    drop: () => keep({ state: 'unknown' }),
    revoke: () => {
      const lostKey = nameOf(terminalKey);
      keep({ state: 'revoked', lostKey });
      eraseKey(lostKey);
    },
  };
}

const jwkSchema = z.object({ kty: z.literal('EC'), crv: z.string(), x: z.string(), y: z.string(), d: z.string() });

function parseStored(body: string | undefined): Stored | null {
  if (body === undefined) return null;
  const stored = storedSchema.safeParse(JSON.parse(body));
  return stored.success ? stored.data : null;
}

/** Tells keys apart and nothing about them. */
function nameOf(key: RenewableTerminalKey): string {
  return createHash('sha256').update(key.clientSealingKey).digest('hex');
}
