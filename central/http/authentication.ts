import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { sendFailure, UNAUTHENTICATED } from './tmf-failure.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null: this path asks for no token. */
    caller: Caller | null;
    /** The body as it came, for its fingerprint. */
    bodyBytes: Buffer | null;
  }
}

/** Every route of this instance, and what it does not know, is closed to requests without a valid access token. */
export function requireToken(app: FastifyInstance, tokens: Tokens): void {
  app.addHook('onRequest', async (request, reply) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    request.caller = token === undefined ? null : await tokens.readAccessToken(token);
    if (request.caller === null) return sendFailure(reply, UNAUTHENTICATED);
  });
}

/** Throws on a route without requireToken: a mistake in the wiring, never in a request. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`${request.routeOptions.url ?? ''} asks for no token`);
  return request.caller;
}

/** An operator whose token is not for reading only. */
export const mayWrite = (caller: Caller): boolean => caller.kind === 'operator' && caller.mayWrite;
