import type { FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { cancelProductOrderCreateSchema } from '../../shared/central-api/cancel-order.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { callerOf, mayWrite } from '../http/authentication.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { sendCreated } from '../http/reply.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, unprocessable } from '../http/tmf-failure.ts';
import { writeAudit } from '../store/audit.ts';
import type { OrderingContext } from './accept-order.ts';
import { type CancellationRow, cancellationToTmf, listedCancellations } from './cancellations.ts';
import { setState } from './move-order.ts';
import { mayMove } from './order-states.ts';
import { lockOrder } from './order-store.ts';

/**
 * TMF622's cancelProductOrder: what has not begun is cancelled at once; what has is assessed first, by whoever moves the
 * order on from there. What is settled, or being assessed already, is not cancelled.
 */
export function cancelOrderRoutes(app: FastifyInstance, context: OrderingContext & ReadContext): void {
  const { clocks, publicUrl } = context;
  const render = (row: CancellationRow, href: string) =>
    cancellationToTmf(row, href, `${publicUrl()}${CENTRAL_PATHS.productOrder}/${row.order_id}`);
  readRoutes(app, context, {
    name: 'cancelProductOrder',
    path: CENTRAL_PATHS.cancelProductOrder,
    listed: listedCancellations,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render,
  });

  app.post(CENTRAL_PATHS.cancelProductOrder, async (request, reply) => {
    const caller = callerOf(request);
    if (!mayWrite(caller)) return sendFailure(reply, forbidden('Operators cancel orders'));
    const asked = cancelProductOrderCreateSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('A cancellation names the order by productOrder.id'));
    const { productOrder, cancellationReason, requestedCancellationDate } = asked.data;
    const requestedAt = requestedCancellationDate === undefined ? null : new Date(requestedCancellationDate);
    const now = clocks.business();
    if (requestedAt !== null && requestedAt.getTime() > now) {
      return sendFailure(reply, unprocessable('requested-date', 'An order is cancelled now or not at all'));
    }
    const made = await context.changeOrders(async (transaction) => {
      const order = await lockOrder(transaction, productOrder.id);
      if (order === null) return err(NOT_FOUND);
      const isAtOnce = mayMove(order.state, 'cancelled') && order.state !== 'pendingCancellation';
      const to = isAtOnce ? 'cancelled' : 'assessingCancellation';
      if (!mayMove(order.state, to)) {
        return err({
          status: 409,
          code: 'state-transition',
          reason: `An order that is ${order.state} is not cancelled`,
        });
      }
      await setState(context, transaction, caller, order, to, null);
      const row: CancellationRow = {
        id: uuidv7(),
        order_id: order.id,
        customer_number: order.customer_number,
        state: isAtOnce ? 'done' : 'inProgress',
        reason: cancellationReason ?? null,
        requested_at: requestedAt,
        effective_at: isAtOnce ? new Date(now) : null,
      };
      await transaction.insertInto('order_cancellations').values(row).execute();
      await writeAudit(transaction, caller, clocks.system(), {
        action: 'create',
        resource: 'cancelProductOrder',
        resourceId: row.id,
        customerNumber: row.customer_number,
      });
      return ok(row);
    });
    if (!made.ok) return sendFailure(reply, made.error);
    return sendCreated(reply, render(made.value, `${publicUrl()}${CENTRAL_PATHS.cancelProductOrder}/${made.value.id}`));
  });
}
