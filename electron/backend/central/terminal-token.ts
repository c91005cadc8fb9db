import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  ASSERTION_TYPE,
  HOUSE_ERRORS,
  oauthErrorSchema,
  tokenResponseSchema,
} from '../../../shared/central-api/terminal-v1.ts';
import type { ClientIdentity } from '../enrolment/identity.ts';
import type { MonotonicClock } from '../ports.ts';
import type { AuthorizationServerReader } from './authorization-server.ts';
import type { AnswerHeaders } from './central-answer.ts';
import { signAssertion } from './client-assertion.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { Transport } from './transport.ts';

type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly headers: AnswerHeaders }
  /** The terminal belongs to no shop: there is nothing to ask with. */
  | { readonly kind: 'not-enrolled' }
  | { readonly kind: 'no-answer'; readonly cause: string };

export interface TerminalToken {
  /** Cached until shortly before it expires; many callers share one request. */
  get(): Promise<TokenAnswer>;
  /** Central refused this one; the next `get` asks for a fresh one. */
  drop(token: string): void;
  /** Central said of some token that the terminal is out of service: asks whether that is so. */
  doubt(): void;
}

/** What central says of a terminal that it gives no token. */
export type Dismissal = 'revoked' | 'unknown';

const TIMEOUT_MS = 5_000;
const RENEW_BEFORE_MS = 30_000;

export function createTerminalToken(parts: {
  transport: Transport;
  server: AuthorizationServerReader;
  identity(): ClientIdentity | null;
  onDismissed(identity: ClientIdentity, dismissal: Dismissal): void;
  clock: CorrectedClock;
  monotonic: MonotonicClock;
  /** A name of this run of the program. */
  instance: string;
}): TerminalToken {
  const { transport, server, clock, monotonic, instance } = parts;
  let cached: { token: string; until: number; clientId: string } | null = null;
  let running: Promise<TokenAnswer> | null = null;

  async function ask(identity: ClientIdentity): Promise<TokenAnswer> {
    const metadata = await server.get();
    if (metadata === null) return { kind: 'no-answer', cause: 'no authorization server' };
    const assertion = await signAssertion(identity, { issuer: metadata.issuer, now: clock.now(), instance });
    const learn = clock.asking();
    const answer = await transport.send({
      method: 'POST',
      path: CENTRAL_PATHS.token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: identity.clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion,
      }).toString(),
      timeoutMs: TIMEOUT_MS,
    });
    if (answer.kind === 'no-answer') return { kind: 'no-answer', cause: answer.cause };
    const body = tokenResponseSchema.safeParse(answer.json);
    if (answer.status === 200 && body.success) {
      learn(answer.headers.date);
      const lifetime = body.data.expires_in * 1000;
      cached = {
        token: body.data.access_token,
        until: monotonic() + Math.max(lifetime / 2, lifetime - RENEW_BEFORE_MS),
        clientId: identity.clientId,
      };
      return { kind: 'token', token: body.data.access_token };
    }
    const error = oauthErrorSchema.safeParse(answer.json);
    if (!error.success || answer.status >= 500) return { kind: 'no-answer', cause: `token ${answer.status}` };
    if (error.data.code === HOUSE_ERRORS.terminalRevoked) parts.onDismissed(identity, 'revoked');
    if (error.data.code === HOUSE_ERRORS.terminalUnknown) parts.onDismissed(identity, 'unknown');
    const refused = answer.status === 400 || answer.status === 401 || answer.status === 403;
    return refused
      ? { kind: 'refused', headers: answer.headers }
      : { kind: 'no-answer', cause: `token ${answer.status}` };
  }

  async function request(): Promise<TokenAnswer> {
    const identity = parts.identity();
    if (identity === null) return { kind: 'not-enrolled' };
    const first = await ask(identity);
    if (first.kind !== 'refused' || parts.identity() !== identity) return first;
    // The clock may have been set, or central's address have changed, since they were learned.
    server.forget();
    return ask(identity);
  }

  function get(): Promise<TokenAnswer> {
    if (cached !== null && monotonic() < cached.until && cached.clientId === parts.identity()?.clientId) {
      return Promise.resolve({ kind: 'token', token: cached.token });
    }
    running ??= request().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    get,
    drop: (token) => {
      if (cached?.token === token) cached = null;
    },
    doubt: () => {
      cached = null;
      void get();
    },
  };
}
