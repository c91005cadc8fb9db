import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { recordChangeRequestSchema } from '../../shared/central-api/record-changes.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { RecordChanges } from './record-changes.ts';

const IN_SESSIONS_ONLY = forbidden('A record is changed in a customer’s session');
const OWN_ID_ONLY = forbidden('Customers who signed in themselves change their IDs');

/** The house API: a customer's ID, or how they are reached, changes once the address is proved that has to be. */
export function recordChangeRoutes(
  app: FastifyInstance,
  { recordChanges, onMail }: { recordChanges: RecordChanges; onMail: () => void },
): void {
  app.post(CENTRAL_PATHS.recordChanges, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer') return sendFailure(reply, IN_SESSIONS_ONLY);
    const asked = recordChangeRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, wish and language are required'));
    if (asked.data.wish.kind === 'id' && caller.staff !== null) return sendFailure(reply, OWN_ID_ONLY);
    const begun = await recordChanges.begin(caller, asked.data);
    if (!begun.ok) return sendFailure(reply, begun.error);
    onMail();
    return reply.header('cache-control', 'no-store').send(begun.value);
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.recordChanges}/:id/completion`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer') return sendFailure(reply, IN_SESSIONS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const completed = await recordChanges.complete(caller, id.data);
    if (!completed.ok) return sendFailure(reply, completed.error);
    onMail();
    return reply.send(completed.value);
  });
}
