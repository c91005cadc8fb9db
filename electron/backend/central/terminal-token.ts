import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { tokenResponseSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { MonotonicClock } from '../ports.ts';
import type { AnswerHeaders } from './central-answer.ts';
import type { Transport } from './transport.ts';

type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'refused'; readonly headers: AnswerHeaders }
  | { readonly kind: 'no-answer'; readonly cause: string };

export interface TerminalToken {
  /** Cached until shortly before it expires; many callers share one request. */
  get(): Promise<TokenAnswer>;
  /** Central refused this one; the next `get` asks for a fresh one. */
  drop(token: string): void;
}

const TIMEOUT_MS = 5_000;
const RENEW_BEFORE_MS = 30_000;

export function createTerminalToken(parts: {
  transport: Transport;
  clientId: string;
  monotonic: MonotonicClock;
}): TerminalToken {
  const { transport, clientId, monotonic } = parts;
  let cached: { token: string; until: number } | null = null;
  let running: Promise<TokenAnswer> | null = null;

  async function request(): Promise<TokenAnswer> {
    const answer = await transport.send({
      method: 'POST',
      path: CENTRAL_PATHS.token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId }).toString(),
      timeoutMs: TIMEOUT_MS,
    });
    if (answer.kind === 'no-answer') return { kind: 'no-answer', cause: answer.cause };
    const body = tokenResponseSchema.safeParse(answer.json);
    if (answer.status === 200 && body.success) {
      const lifetime = body.data.expires_in * 1000;
      cached = {
        token: body.data.access_token,
        until: monotonic() + Math.max(lifetime / 2, lifetime - RENEW_BEFORE_MS),
      };
      return { kind: 'token', token: body.data.access_token };
    }
    const refused = answer.status === 400 || answer.status === 401 || answer.status === 403;
    return refused
      ? { kind: 'refused', headers: answer.headers }
      : { kind: 'no-answer', cause: `token ${answer.status}` };
  }

  return {
    get: () => {
      if (cached !== null && monotonic() < cached.until) return Promise.resolve({ kind: 'token', token: cached.token });
      running ??= request().finally(() => {
        running = null;
      });
      return running;
    },
    drop: (token) => {
      if (cached?.token === token) cached = null;
    },
  };
}
