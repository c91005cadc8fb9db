import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { InvalidClientMetadata, InvalidToken } from 'oidc-provider/lib/helpers/errors.js';
import { z } from 'zod';
import { TERMINAL_KEY_ALGORITHM } from '../../shared/central-api/terminal-v1.ts';
import type { Database } from '../store/schema.ts';
import { hashOf } from './approve-enrolment.ts';

/** The policy of a registration token: what a terminal may register with it. */
export const TERMINAL_POLICY = 'terminal';
const REGISTRATION_SECONDS = 10 * 60;
const WRONG_KEY = 'jwks must hold one public P-256 key';

/** One public P-256 key; strict, so that a private half sent by mistake is refused. */
const publicKeySchema = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43),
  y: z.string().length(43),
  alg: z.literal(TERMINAL_KEY_ALGORITHM).optional(),
  use: z.literal('sig').optional(),
  kid: z.string().optional(),
});
const registrationSchema = z.looseObject({ jwks: z.strictObject({ keys: z.tuple([publicKeySchema]) }) });

/** RFC 7638 thumbprint of the key that is being registered: the same key is the same client, however often it asks. */
export function clientIdOf(context: KoaContextWithOIDC): string {
  const asked = registrationSchema.safeParse(context.oidc.body);
  if (!asked.success) throw new InvalidClientMetadata(WRONG_KEY);
  const { crv, kty, x, y } = asked.data.jwks.keys[0];
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

/**
 * After a manager's approval the device grant's token is an initial access token (RFC 7591): all that it can be used
 * for is registering this terminal's key.
 */
export async function registrationToken(db: Database, provider: Provider, deviceCode: string): Promise<string> {
  const token = await new provider.InitialAccessToken({
    expiresIn: REGISTRATION_SECONDS,
    policies: [TERMINAL_POLICY],
  }).save();
  await db
    .updateTable('terminals')
    .set({ registration_token_hash: hashOf(token) })
    .where('device_code_hash', '=', hashOf(deviceCode))
    .executeTakeFirstOrThrow();
  return token;
}

/** Whatever the terminal asked for, it becomes a client with this one key, for its own tokens only. */
export async function terminalPolicy(
  db: Database,
  context: KoaContextWithOIDC,
  metadata: Record<string, unknown>,
): Promise<void> {
  const asked = registrationSchema.safeParse(metadata);
  if (!asked.success) throw new InvalidClientMetadata(WRONG_KEY);
  const token = context.oidc.entities.InitialAccessToken?.jti ?? '';
  const terminal = await db
    .selectFrom('terminals')
    .select(['code', 'shop'])
    .where('registration_token_hash', '=', hashOf(token))
    .executeTakeFirst();
  if (terminal === undefined) throw new InvalidToken('no approval belongs to this token');
  const { client_id, client_id_issued_at } = metadata;
  for (const name of Object.keys(metadata)) Reflect.deleteProperty(metadata, name);
  Object.assign(metadata, {
    client_id,
    client_id_issued_at,
    jwks: asked.data.jwks,
    terminal_code: terminal.code,
    shop: terminal.shop,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: TERMINAL_KEY_ALGORITHM,
    id_token_signed_response_alg: TERMINAL_KEY_ALGORITHM,
  });
}
