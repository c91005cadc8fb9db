import type { FastifyBaseLogger } from 'fastify';
import type { Configuration, JWTStructured, KoaContextWithOIDC } from 'oidc-provider';
import { InvalidClientAuth } from 'oidc-provider/lib/helpers/errors.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  DEVICE_GRANT,
  ENROLMENT_CLIENT,
  ENROLMENT_SCOPE,
  HOUSE_ERRORS,
  INSTANCE_CLAIM,
} from '../../shared/central-api/terminal-v1.ts';
import { SIGNING_ALGORITHM, type SigningKey } from '../identity/signing-key.ts';
import { ISSUER, TERMINAL_TOKEN_SECONDS } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';
import { errorText } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';
import { noteInstance } from '../terminals/instances.ts';
import { clientIdOf, registrationToken, TERMINAL_POLICY, terminalPolicy } from '../terminals/register-key.ts';
import { terminalClients } from '../terminals/terminal-clients.ts';
import { oauthRecords } from './oauth-records.ts';

const TERMINAL_SCOPE = 'terminal';
const DEVICE_CODE_SECONDS = 10 * 60;
/** How often a terminal that waits for its approval asks. */
const POLL_SECONDS = 3;
/** A terminal makes its assertion for one request. */
const LONGEST_ASSERTION_SECONDS = 5 * 60;

const assertionSchema = z.object({
  exp: z.number(),
  [INSTANCE_CLAIM]: z.string().min(1).max(64).optional(),
});

export interface AuthorizationContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly key: SigningKey;
  readonly logger: FastifyBaseLogger;
  /** Offered to terminals where it exists: only with demo data. */
  readonly demoEnrolmentPath: string | null;
}

/**
 * OAuth 2 for terminals: the device grant to enrol, registration of the key, client credentials with `private_key_jwt`.
 * Everything else that the library can do is off, or not reachable (see routes.ts).
 * @param issuer central's public address
 */
export function createAuthorizationServer(issuer: string, context: AuthorizationContext): Provider {
  const { db, clocks, logger } = context;
  const provider = new Provider(issuer, configuration(context));
  provider.proxy = true;
  provider.on('server_error', (_context, error) => {
    logger.error({ error: errorText(error) }, 'authorization server failed');
  });
  provider.use(async (koa: KoaContextWithOIDC, next) => {
    await next();
    const { body } = koa;
    if (!isObject(body)) return;
    if (koa.path === CENTRAL_PATHS.deviceAuthorization && koa.status === 200) {
      const page = `${issuer}${CENTRAL_PATHS.enrolmentPage}`;
      const code = new URLSearchParams({ user_code: String(body['user_code']) });
      Object.assign(body, {
        verification_uri: page,
        verification_uri_complete: `${page}?${code.toString()}`,
        interval: POLL_SECONDS,
      });
    }
    if (koa.path !== CENTRAL_PATHS.token) return;
    if (koa.status === 401) body['code'] = await whyRefused(db, koa.oidc.params?.['client_id']);
    if (koa.status === 200) await finishGrant(koa, body);
  });

  async function finishGrant(koa: KoaContextWithOIDC, body: Record<string, unknown>): Promise<void> {
    const { AccessToken, DeviceCode } = koa.oidc.entities;
    if (AccessToken !== undefined && DeviceCode !== undefined) {
      await AccessToken.destroy();
      body['access_token'] = await registrationToken(db, provider, DeviceCode.jti);
    }
    const clientId = koa.oidc.client?.clientId;
    const instance: unknown = koa.state[INSTANCE_CLAIM];
    if (clientId === undefined || typeof instance !== 'string') return;
    const isShared = await noteInstance(db, { clientId, instance, at: clocks.system() });
    if (isShared) logger.warn({ terminal: koa.oidc.client?.['terminal_code'] }, 'two machines use one terminal key');
  }

  return provider;
}

/** For the terminal that was refused: whether it is to enrol anew. */
async function whyRefused(db: Database, clientId: unknown): Promise<string> {
  if (typeof clientId !== 'string') return HOUSE_ERRORS.terminalRefused;
  const row = await db
    .selectFrom('terminals')
    .select('revoked_at')
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (row === undefined) return HOUSE_ERRORS.terminalUnknown;
  return row.revoked_at === null ? HOUSE_ERRORS.terminalRefused : HOUSE_ERRORS.terminalRevoked;
}

function configuration({ db, clocks, key, demoEnrolmentPath }: AuthorizationContext): Configuration {
  return {
    adapter: (model) =>
      model === 'Client' ? terminalClients(db, clocks.system) : oauthRecords(db, clocks.system, model),
    jwks: { keys: [key.jwk] },
    clients: [
      {
        client_id: ENROLMENT_CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: [DEVICE_GRANT],
        response_types: [],
        redirect_uris: [],
        scope: ENROLMENT_SCOPE,
        id_token_signed_response_alg: SIGNING_ALGORITHM,
      },
    ],
    scopes: [ENROLMENT_SCOPE],
    clientAuthMethods: ['none', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: [SIGNING_ALGORITHM], idTokenSigningAlgValues: [SIGNING_ALGORITHM] },
    extraClientMetadata: { properties: ['terminal_code', 'shop'] },
    routes: {
      token: CENTRAL_PATHS.token,
      device_authorization: CENTRAL_PATHS.deviceAuthorization,
      code_verification: CENTRAL_PATHS.enrolmentPage,
      registration: CENTRAL_PATHS.registration,
      jwks: CENTRAL_PATHS.jwks,
    },
    discovery: demoEnrolmentPath === null ? {} : { demo_enrolment_path: demoEnrolmentPath },
    ttl: {
      DeviceCode: DEVICE_CODE_SECONDS,
      Grant: DEVICE_CODE_SECONDS,
      AccessToken: TERMINAL_TOKEN_SECONDS,
      ClientCredentials: TERMINAL_TOKEN_SECONDS,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '****-****',
        deviceInfo: (koa) => ({ ip: koa.ip }),
      },
      registration: {
        enabled: true,
        initialAccessToken: true,
        issueRegistrationAccessToken: false,
        idFactory: clientIdOf,
        policies: { [TERMINAL_POLICY]: (koa, metadata) => terminalPolicy(db, koa, metadata) },
      },
      resourceIndicators: {
        enabled: true,
        // The enrolment client's token is for registering only; it opens nothing of central's.
        defaultResource: (_koa, client) => (client.clientId === ENROLMENT_CLIENT ? [] : ISSUER),
        getResourceServerInfo: () => ({
          scope: TERMINAL_SCOPE,
          audience: ISSUER,
          accessTokenTTL: TERMINAL_TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: SIGNING_ALGORITHM } },
        }),
      },
    },
    findAccount: (_koa, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    assertJwtClientAuthClaimsAndHeader: (koa, claims) => {
      const assertion = assertionSchema.safeParse(claims);
      const latest = clocks.system() / 1000 + LONGEST_ASSERTION_SECONDS;
      if (!assertion.success || assertion.data.exp > latest) {
        throw new InvalidClientAuth('an assertion is for one request, made now');
      }
      koa.state[INSTANCE_CLAIM] = assertion.data[INSTANCE_CLAIM];
    },
    formats: { customizers: { jwt: (koa, _token, parts) => shapeTerminalToken(koa, parts, clocks) } },
  };
}

/** The claims of central's own tokens (identity/tokens.ts). */
function shapeTerminalToken(koa: KoaContextWithOIDC, parts: JWTStructured, clocks: Clocks): void {
  const { client } = koa.oidc;
  const iat = Math.floor(clocks.system() / 1000);
  const terminal = client?.['terminal_code'];
  Object.assign(parts.payload, {
    iss: ISSUER,
    sub: terminal,
    scope: TERMINAL_SCOPE,
    terminal,
    shop: client?.['shop'],
    iat,
    exp: iat + TERMINAL_TOKEN_SECONDS,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
