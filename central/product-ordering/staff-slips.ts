import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { reprintSchema, staffSlipSchema } from '../../shared/central-api/reprint.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { writeInteractionOnce } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import { orderRowSchema } from './order-store.ts';

/** Slips that are printed again: what is on them, and that it happened. */
export function staffSlipRoutes(app: FastifyInstance, { db, clocks }: { db: Database; clocks: Clocks }): void {
  const findOrder = async (applicationId: string) => {
    const row = await db
      .selectFrom('product_orders')
      .selectAll()
      .where('external_id', '=', applicationId)
      .executeTakeFirst();
    return row === undefined ? null : orderRowSchema.parse(row);
  };

  app.get<{ Params: { id: string } }>(`${CENTRAL_PATHS.staffOrders}/:id/slip`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff') return sendFailure(reply, forbidden('Slips are for the staff of the shop'));
    const order = await findOrder(request.params.id);
    if (order?.shop !== caller.shop) return sendFailure(reply, NOT_FOUND);
    const slip = staffSlipSchema.safeParse({ application: order.request.application, quote: order.quote });
    if (!slip.success) return sendFailure(reply, NOT_FOUND);
    await writeAudit(db, caller, clocks.system(), {
      action: 'read',
      resource: 'productOrder',
      resourceId: order.id,
      customerNumber: order.customer_number,
      detail: 'slip',
    });
    return reply.header('cache-control', 'no-store').send(slip.data);
  });

  app.post(CENTRAL_PATHS.reprints, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Terminals tell of what they printed'));
    const asked = reprintSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('This tells of no reprint'));
    const { id, applicationId, number, at, staffNumber } = asked.data;
    const order = await findOrder(applicationId);
    const { customer_number: customerNumber } = order ?? { customer_number: null };
    // By another terminal code, too: one that was let in again after it was out of service has another.
    if (order?.shop !== caller.shop || customerNumber === null) return sendFailure(reply, NOT_FOUND);
    const written = await db.transaction().execute(async (transaction) => {
      const isNew = await writeInteractionOnce(transaction, id, Date.parse(at), {
        customerNumber,
        shop: caller.shop,
        terminal: caller.terminal,
        staffNumber,
        sessionId: null,
        orderId: order.id,
        visit: { kind: 'slip-reprinted', number },
      });
      if (!isNew) return err('known');
      await writeAudit(transaction, caller, clocks.system(), {
        action: 'create',
        resource: 'slipReprint',
        resourceId: order.id,
        customerNumber,
        detail: `${number} by ${staffNumber}`,
      });
      return ok(undefined);
    });
    // A body, so that a terminal can tell central from a portal that answers everything.
    return reply.code(written.ok ? 201 : 200).send({});
  });
}
