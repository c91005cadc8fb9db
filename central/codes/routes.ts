import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { codeProofRequestSchema } from '../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { CodePlace, Codes } from './codes.ts';

const TERMINALS_ONLY = forbidden('The terminal that had the code mailed does that');
const stateQuerySchema = z.object({ sessionId: z.uuid() });

/** The house API: a code is proved, and asked after, where it was wished for. What it is mailed for is each procedure's. */
export function codeRoutes(app: FastifyInstance, codes: Codes): void {
  app.get<{ Params: { id: string } }>(`${CENTRAL_PATHS.codes}/:id`, async (request, reply) => {
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const query = stateQuerySchema.safeParse(request.query);
    if (!query.success) return sendFailure(reply, badRequest('sessionId is required'));
    const place = placeOf(callerOf(request), query.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    return reply.header('cache-control', 'no-store').send(await codes.stateOf(id.data, place));
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.codes}/:id/proof`, async (request, reply) => {
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = codeProofRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('sessionId and code are required'));
    const place = placeOf(callerOf(request), asked.data.sessionId);
    if (place === null) return sendFailure(reply, TERMINALS_ONLY);
    const proved = await codes.prove(id.data, place, asked.data.code, { kind: 'terminal', id: place.terminal });
    if (!proved.ok) return sendFailure(reply, proved.error);
    return reply.header('cache-control', 'no-store').send(await codes.stateOf(id.data, place));
  });
}

/** null: it is nobody's at a terminal, or of another session than it says. */
export function placeOf(caller: Caller, sessionId: string): CodePlace | null {
  switch (caller.kind) {
    case 'terminal':
      return { terminal: caller.terminal, sessionId };
    case 'customer':
      return caller.sessionId === sessionId ? { terminal: caller.terminal, sessionId } : null;
    case 'staff':
    case 'operator':
      return null;
  }
}
