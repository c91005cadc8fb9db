import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { staffRejectRequestSchema, staffWithdrawRequestSchema } from '../../shared/central-api/staff.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StaffRole } from '../../shared/domain/staff.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, type TmfFailure } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { OrderingContext } from './accept-order.ts';
import { setState } from './move-order.ts';
import { lockOrder, type OrderRow, orderToTmf } from './order-store.ts';
import { releaseOrder } from './release-order.ts';

type Decide = (
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
) => Promise<Result<OrderRow, TmfFailure>>;

/** A shop's staff about the applications that wait for a person: the manager decides, any of them takes one back. */
export function staffDecisionRoutes(app: FastifyInstance, context: OrderingContext): void {
  const decide = async (
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    mayDecide: (role: StaffRole) => boolean,
    decision: Decide,
  ): Promise<FastifyReply> => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff' || !mayDecide(caller.role)) {
      return sendFailure(reply, forbidden("The shop's manager decides about held applications"));
    }
    const decided = await context.changeOrders(async (transaction) => {
      const order = await lockOrder(transaction, request.params.id);
      if (order?.shop !== caller.shop) return err(NOT_FOUND);
      if (order.state !== 'held') {
        return err({ status: 409, code: 'state-transition', reason: `The order is ${order.state}, not held` });
      }
      return decision(transaction, caller, order);
    });
    if (!decided.ok) return sendFailure(reply, decided.error);
    const { value } = decided;
    return reply.send(orderToTmf(value, `${context.publicUrl()}${CENTRAL_PATHS.productOrder}/${value.id}`));
  };

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.staffOrders}/:id/release`, (request, reply) =>
    decide(request, reply, isManager, (transaction, caller, order) =>
      releaseOrder(context, transaction, caller, order, 'acknowledged'),
    ),
  );

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.staffOrders}/:id/reject`, (request, reply) => {
    const asked = staffRejectRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('A reason is required'));
    return decide(request, reply, isManager, async (transaction, caller, order) =>
      ok(await setState(context, transaction, caller, order, 'rejected', asked.data.reason)),
    );
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.staffOrders}/:id/withdraw`, (request, reply) => {
    const asked = staffWithdrawRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('A reason is required'));
    const anyone = (): boolean => true;
    return decide(request, reply, anyone, async (transaction, caller, order) =>
      ok(await setState(context, transaction, caller, order, 'cancelled', null, { kind: 'withdrawn', ...asked.data })),
    );
  });
}

const isManager = (role: StaffRole): boolean => role === 'manager';
