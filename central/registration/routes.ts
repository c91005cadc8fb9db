import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  registrationCompletionRequestSchema,
  registrationMailRequestSchema,
  registrationRequestSchema,
} from '../../shared/central-api/registration.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { Registrations } from './registrations.ts';

const TERMINALS_ONLY = forbidden('Contractors register at terminals');
type OfOne = FastifyRequest<{ Params: { id: string } }>;

/** The house API: somebody who has no iTSCOM ID yet, or none any more, registers one at a terminal. */
export function registrationRoutes(
  app: FastifyInstance,
  { registrations, onMail }: { registrations: Registrations; onMail: () => void },
): void {
  app.post(CENTRAL_PATHS.registrations, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const asked = registrationRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, sessionId and contractor are required'));
    const verified = await registrations.verify(caller, asked.data);
    if (!verified.ok) return sendFailure(reply, verified.error);
    return reply.header('cache-control', 'no-store').send(verified.value);
  });

  app.post(`${CENTRAL_PATHS.registrations}/:id/mail`, async (request: OfOne, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = registrationMailRequestSchema.safeParse(request.body);
    if (!asked.success) {
      return sendFailure(reply, badRequest('sessionId, loginId, password, terms and language are required'));
    }
    const mailed = await registrations.mail(caller, id.data, asked.data, 'register');
    if (!mailed.ok) return sendFailure(reply, mailed.error);
    onMail();
    return reply.send(mailed.value);
  });

  app.post(`${CENTRAL_PATHS.registrations}/:id/completion`, async (request: OfOne, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, TERMINALS_ONLY);
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = registrationCompletionRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('sessionId and contact are required'));
    const completed = await registrations.complete(caller, id.data, asked.data, 'register');
    if (!completed.ok) return sendFailure(reply, completed.error);
    onMail();
    return reply.send(completed.value);
  });
}
