import type { FastifyInstance } from 'fastify';
import { oneTimePasswordRequestSchema, redemptionRequestSchema } from '../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, sendFailure } from '../http/tmf-failure.ts';
import type { OneTimePasswords } from './one-time-passwords.ts';

/** The house API: terminals have one-time passwords issued, and redeem them. */
export function oneTimeRoutes(app: FastifyInstance, oneTimePasswords: OneTimePasswords): void {
  app.post(CENTRAL_PATHS.oneTimePasswords, async (request, reply) => {
    const asked = oneTimePasswordRequestSchema.safeParse(request.body);
    if (!asked.success) {
      return sendFailure(reply, badRequest('id, attempt, registration, terms and language are required'));
    }
    const issued = await oneTimePasswords.issue(callerOf(request), asked.data);
    if (!issued.ok) return sendFailure(reply, issued.error);
    return reply.code(201).header('cache-control', 'no-store').send(issued.value);
  });

  app.post(`${CENTRAL_PATHS.oneTimePasswords}/redemption`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Terminals redeem one-time passwords'));
    const asked = redemptionRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('password, registrationId and sessionId are required'));
    const { password, registrationId, sessionId } = asked.data;
    const redeemed = await oneTimePasswords.redeem(
      { kind: 'terminal', terminal: caller, registrationId, sessionId },
      password,
    );
    if (!redeemed.ok) return sendFailure(reply, redeemed.error);
    return reply.header('cache-control', 'no-store').send(redeemed.value);
  });
}
