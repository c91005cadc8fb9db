import type { z } from 'zod';
import { tmfErrorSchema } from '../../../shared/central-api/common.ts';
import { HOUSE_ERRORS } from '../../../shared/central-api/terminal-v1.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';
import type { CentralAnswer } from './central-answer.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { TerminalToken } from './terminal-token.ts';
import type { Transport, TransportRequest } from './transport.ts';

export interface CentralRequest {
  readonly method: TransportRequest['method'];
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whole request, token included only where it is cached; ms. */
  readonly timeoutMs?: number;
  /** A customer's session token; without it the terminal's own is used and renewed. */
  readonly bearer?: string;
}

export interface CentralClient {
  /** Checks the body against the schema: what doesn't fit is not central's answer, whatever its status says. */
  call<T>(request: CentralRequest, schema: z.ZodType<T>): Promise<CentralAnswer<T>>;
  /** Central let nobody in with that customer's token, since the customer has another ID or password. */
  onSessionOver(listener: (bearer: string) => void): void;
}

const TIMEOUT_MS = 10_000;

export function createCentralClient(parts: {
  transport: Transport;
  token: TerminalToken;
  clock: CorrectedClock;
}): CentralClient {
  const { transport, token, clock } = parts;
  const listeners = new Set<(bearer: string) => void>();

  async function once<T>(request: CentralRequest, bearer: string, schema: z.ZodType<T>): Promise<CentralAnswer<T>> {
    const learn = clock.asking();
    const answer = await transport.send({
      method: request.method,
      path: request.path,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
    });
    if (answer.kind === 'no-answer') return answer;
    const { status, headers, json } = answer;
    if (status === 304) return { kind: 'unchanged', headers };
    if (status >= 200 && status < 300) {
      const body = tolerant(schema).safeParse(json);
      if (!body.success) return { kind: 'not-central', status, headers };
      learn(headers.date);
      return { kind: 'ok', status, body: body.data, headers };
    }
    const error = tmfErrorSchema.safeParse(json);
    if (status < 400 || !error.success) return { kind: 'not-central', status, headers };
    learn(headers.date);
    if (status === 401 && error.data.code === HOUSE_ERRORS.terminalRevoked) token.doubt();
    if (status === 401 && error.data.code === HOUSE_ERRORS.sessionOver) {
      for (const listener of listeners) listener(bearer);
    }
    return { kind: 'error', status, error: error.data, headers };
  }

  return {
    call: async (request, schema) => {
      if (request.bearer !== undefined) return once(request, request.bearer, schema);
      const cached = await token.get();
      if (cached.kind !== 'token') return withoutToken(cached);
      const first = await once(request, cached.token, schema);
      if (!isAboutToken(first)) return first;
      token.drop(cached.token);
      const fresh = await token.get();
      return fresh.kind === 'token' ? once(request, fresh.token, schema) : withoutToken(fresh);
    },
    onSessionOver: (listener) => {
      listeners.add(listener);
    },
  };
}

/** A refused password is a 401 too, and another try of it would count against the customer. */
function isAboutToken(answer: CentralAnswer<unknown>): boolean {
  if (answer.kind === 'not-central') return answer.status === 401;
  return answer.kind === 'error' && answer.status === 401 && answer.error.code !== HOUSE_ERRORS.signInRefused;
}

function withoutToken(
  failure: Exclude<Awaited<ReturnType<TerminalToken['get']>>, { kind: 'token' }>,
): CentralAnswer<never> {
  switch (failure.kind) {
    case 'refused':
      return {
        kind: 'error',
        status: 401,
        error: { code: 'terminal-token-refused', reason: 'The terminal got no token' },
        headers: failure.headers,
      };
    case 'not-enrolled':
      return { kind: 'no-answer', sent: false, cause: 'not enrolled' };
    case 'no-answer':
      // The request that needed the token certainly never left.
      return { kind: 'no-answer', sent: false, cause: failure.cause };
    default:
      return cantHappen(failure);
  }
}
