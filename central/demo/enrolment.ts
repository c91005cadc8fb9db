import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { badRequest, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import { approveEnrolment, nextTerminalCode } from '../terminals/approve-enrolment.ts';
import shops from './shops.json' with { type: 'json' };

export const DEMO_ENROLMENT_PATH = '/demo/enrolment';
const ATTEMPTS = 10;
const requestSchema = z.object({ user_code: z.string() });

/** Approves whatever terminal asks, without a manager, under the next free code. Registered with demo data only. */
export function demoEnrolmentRoute(
  app: FastifyInstance,
  { db, clocks, server }: { db: Database; clocks: Clocks; server: () => Provider },
): void {
  app.post(DEMO_ENROLMENT_PATH, async (request, reply) => {
    const asked = requestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('user_code is required'));
    // Several terminals may start at once and want the same code.
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const terminalCode = await nextTerminalCode(db);
      const approved = await approveEnrolment(
        { db, provider: server(), now: clocks.system() },
        { userCode: asked.data.user_code, shop: shops[0]?.id ?? '', terminalCode, approvedBy: 'demo' },
      );
      if (approved.ok) return reply.code(204).send();
      if (approved.error !== 'code-taken') break;
    }
    return sendFailure(reply, NOT_FOUND);
  });
}
