import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type Configuration, signInRequestSchema } from '../../shared/central-api/terminal-v1.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import { findShop } from '../terminals/terminal-store.ts';
import type { RescueKey } from './rescue-key.ts';
import type { createSignIn } from './sign-in.ts';

/** The house API, for terminals. */
export function terminalRoutes(
  app: FastifyInstance,
  context: {
    db: Database;
    clocks: Clocks;
    demo: boolean;
    rescueKey: RescueKey;
    signIn: Awaited<ReturnType<typeof createSignIn>>;
  },
): void {
  app.post(CENTRAL_PATHS.signIn, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Customers sign in at terminals'));
    const asked = signInRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('loginId, password and sessionId are required'));
    const signedIn = await context.signIn(caller, asked.data);
    if (!signedIn.ok) return sendFailure(reply, signedIn.error);
    const { customerNumber } = signedIn.value;
    const { sessionId } = asked.data;
    await context.db.transaction().execute(async (transaction) => {
      await writeInteraction(transaction, context.clocks.business(), {
        customerNumber,
        shop: caller.shop,
        terminal: caller.terminal,
        staffNumber: null,
        sessionId,
        orderId: null,
        visit: { kind: 'customer-signed-in' },
      });
      await writeAudit(transaction, caller, context.clocks.system(), {
        action: 'create',
        resource: 'session',
        resourceId: sessionId,
        customerNumber,
      });
    });
    return reply.header('cache-control', 'no-store').send(signedIn.value);
  });

  app.get(CENTRAL_PATHS.configuration, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Terminals ask for their configuration'));
    const shop = await findShop(context.db, caller.shop);
    if (shop === null) return sendFailure(reply, NOT_FOUND);
    const configuration: Configuration = {
      terminalCode: caller.terminal,
      shopName: shop.name,
      shopPhone: shop.phone,
      demo: context.demo,
      rescueKey: context.rescueKey,
    };
    return reply.send(configuration);
  });
}
