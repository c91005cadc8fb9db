import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  handOverRequestSchema,
  handOverRevocationSchema,
  phoneVerdictSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import type { CodePlace } from '../codes/codes.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { HandOvers } from './hand-overs.ts';

const TERMINALS_ONLY = forbidden('Terminals hand pictures over to a phone');
const querySchema = z.object({ sessionId: z.uuid() });
const ONE = `${CENTRAL_PATHS.phoneHandOvers}/:id`;

/** The house API: a terminal without a camera has pictures taken by the customer's phone, and judges them. */
export function phoneRoutes(app: FastifyInstance, handOvers: HandOvers): void {
  app.post(CENTRAL_PATHS.phoneHandOvers, async (request, reply) => {
    const asked = handOverRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, session, application and document are required'));
    const place = placeOf(request, asked.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const begun = await handOvers.begin(place, asked.data);
    if (!begun.ok) return sendFailure(reply, begun.error);
    return reply.code(201).header('cache-control', 'no-store').send(begun.value);
  });

  app.get(ONE, async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) return sendFailure(reply, badRequest('sessionId is required'));
    const place = placeOf(request, query.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const id = idOf(request);
    if (id === null) return sendFailure(reply, NOT_FOUND);
    return reply.header('cache-control', 'no-store').send(await handOvers.stateOf(id, place));
  });

  app.get<{ Params: { side: string } }>(`${ONE}/pictures/:side`, async (request, reply) => {
    const query = querySchema.safeParse(request.query);
    if (!query.success) return sendFailure(reply, badRequest('sessionId is required'));
    const place = placeOf(request, query.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const id = idOf(request);
    const picture = id === null ? null : await handOvers.pictureOf(id, place, request.params.side);
    if (picture === null) return sendFailure(reply, NOT_FOUND);
    return reply.header('cache-control', 'no-store').send(picture);
  });

  app.post<{ Params: { side: string } }>(`${ONE}/pictures/:side/verdict`, async (request, reply) => {
    const verdict = phoneVerdictSchema.safeParse(request.body);
    if (!verdict.success) return sendFailure(reply, badRequest('sessionId, hash and flaw are required'));
    const place = placeOf(request, verdict.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const id = idOf(request);
    if (id === null) return sendFailure(reply, NOT_FOUND);
    await handOvers.judged(id, request.params.side, place, verdict.data);
    return reply.header('cache-control', 'no-store').send(await handOvers.stateOf(id, place));
  });

  app.post(`${ONE}/revocation`, async (request, reply) => {
    const asked = handOverRevocationSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('sessionId is required'));
    const place = placeOf(request, asked.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const id = idOf(request);
    if (id === null) return sendFailure(reply, NOT_FOUND);
    await handOvers.revoke(id, place);
    return reply.header('cache-control', 'no-store').send(await handOvers.stateOf(id, place));
  });
}

/** null: it is no terminal's own token. */
function placeOf(request: FastifyRequest, sessionId: string): CodePlace | null {
  const caller = callerOf(request);
  return caller.kind === 'terminal' ? { terminal: caller.terminal, sessionId } : null;
}

function idOf(request: FastifyRequest): string | null {
  const params = z.object({ id: z.uuid() }).safeParse(request.params);
  return params.success ? params.data.id : null;
}
