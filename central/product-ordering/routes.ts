import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { orderContentSchema, type OrderState } from '../../shared/central-api/product-order.ts';
import { IDEMPOTENCY_KEY_HEADER, SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { callerOf, mayWrite } from '../http/authentication.ts';
import { firstIssue } from '../http/first-issue.ts';
import { mergePatch } from '../http/merge-patch.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { ownOnly, type ReadableResource, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { columnIs } from '../store/list-table.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { acceptOrder, type OrderingContext } from './accept-order.ts';
import { cancelOrderRoutes } from './cancel-order.ts';
import { listedOrders, lockOrder, orderContent, type OrderRow, orderToTmf } from './order-store.ts';
import { goesOn, moveOrder, type WhyNotMoved } from './move-order.ts';
import { needsRelease, releaseOrder } from './release-order.ts';
import { staffDecisionRoutes } from './staff-decisions.ts';
import { staffSlipRoutes } from './staff-slips.ts';
import { staffWithdrawalRoutes } from './staff-withdrawals.ts';
import { type OrderPatch, orderPatchSchema } from './order-patch.ts';
import { readSubmission } from './submission.ts';

const STILL_RUNNING: TmfFailure = {
  status: 409,
  code: 'still-running',
  reason: 'An earlier request with this key is still running',
  headers: { 'retry-after': '1' },
};

/** TMF622 */
export function productOrderingRoutes(
  app: FastifyInstance,
  context: OrderingContext & ReadContext,
  tokens: Tokens,
): void {
  readRoutes(app, context, {
    name: 'productOrder',
    path: CENTRAL_PATHS.productOrder,
    listed: listedOrders,
    scope: orderScope,
    ownerOf: (row) => row.customer_number,
    render: orderToTmf,
  });

  cancelOrderRoutes(app, context);
  staffDecisionRoutes(app, context);
  staffSlipRoutes(app, context);
  staffWithdrawalRoutes(app, context);

  const running = new Set<string>();
  app.post(CENTRAL_PATHS.productOrder, async (request, reply) => {
    const caller = callerOf(request);
    const submission = await readSubmission(
      {
        caller,
        json: request.body,
        idempotencyKey: request.headers[IDEMPOTENCY_KEY_HEADER],
        submissionGrant: request.headers[SUBMISSION_GRANT_HEADER],
      },
      tokens,
    );
    if (!submission.ok) return sendFailure(reply, submission.error);
    const { key } = submission.value;
    if (key !== null && running.has(key)) return sendFailure(reply, STILL_RUNNING);
    if (key !== null) running.add(key);
    const bytes = request.bodyBytes ?? Buffer.alloc(0);
    const answer = await acceptOrder(context, caller, submission.value, bytes).finally(() => {
      if (key !== null) running.delete(key);
    });
    if (!answer.ok) return sendFailure(reply, answer.error);
    const { body, location } = answer.value;
    return reply.code(201).header('location', location).type('application/json; charset=utf-8').send(body);
  });

  app.patch<{ Params: { id: string } }>(`${CENTRAL_PATHS.productOrder}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    if (!mayWrite(caller)) return sendFailure(reply, forbidden('Operators change orders'));
    const patch = orderPatchSchema.safeParse(request.body);
    if (!patch.success)
      return sendFailure(
        reply,
        badRequest('Only state, items of a partial order, description, note and expectedCompletionDate can be changed'),
      );
    const formed = PUBLISHED.productOrder.safeParse(mergePatch({}, patch.data));
    if (!formed.success) return sendFailure(reply, badRequest(firstIssue(formed.error)));
    const patched = await context.changeOrders(async (transaction) => {
      const order = await lockOrder(transaction, request.params.id);
      if (order === null) return err(NOT_FOUND);
      const { state, productOrderItem, ...rest } = patch.data;
      const failed = failedItems(order, state, productOrderItem);
      if (!failed.ok) return failed;
      const moved = await moveByOperator(context, transaction, caller, order, state ?? order.state, failed.value);
      if (!moved.ok) return moved;
      const changed: OrderRow = {
        ...moved.value,
        request: orderContentSchema.parse(mergePatch(order.request, rest)),
      };
      await transaction
        .updateTable('product_orders')
        .set({ request: JSON.stringify(changed.request) })
        .where('id', '=', order.id)
        .execute();
      return ok(changed);
    });
    if (!patched.ok) return sendFailure(reply, patched.error);
    return reply.send(
      orderToTmf(patched.value, `${context.publicUrl()}${CENTRAL_PATHS.productOrder}/${patched.value.id}`),
    );
  });
}

async function moveByOperator(
  context: OrderingContext,
  transaction: DatabaseTransaction,
  caller: Caller,
  order: OrderRow,
  to: OrderState,
  failed: ReadonlySet<string>,
): Promise<Result<OrderRow, TmfFailure>> {
  if (to === order.state) return ok(order);
  if (goesOn(to) && (await needsRelease(context, transaction, order))) {
    return releaseOrder(context, transaction, caller, order, to);
  }
  const moved = await moveOrder(context, transaction, caller, order, to, failed);
  return moved.ok ? moved : err(refusedMove(order, to, moved.error));
}

/** A partial order says of each of its items what became of it, and neither of all the same; no other says anything. */
function failedItems(
  order: OrderRow,
  state: OrderState | undefined,
  items: OrderPatch['productOrderItem'],
): Result<ReadonlySet<string>, TmfFailure> {
  if (state !== 'partial') {
    return items === undefined
      ? ok(new Set())
      : err(unprocessable('items', 'Items are told of with the state partial'));
  }
  const ordered = orderContent(order).productOrderItem;
  const told = new Map((items ?? []).map((item) => [item.id, item.state]));
  const isWhole =
    told.size === items?.length &&
    told.size === ordered.length &&
    ordered.every(({ id }) => told.has(id)) &&
    new Set(told.values()).size === 2;
  if (!isWhole)
    return err(unprocessable('items', 'A partial order tells which items were carried out and which failed'));
  return ok(new Set([...told].filter(([, one]) => one === 'failed').map(([id]) => id)));
}

/** A terminal follows the orders it sent: one by its id, or those whose externalId it names. Staff see their shop's. */
const orderScope: ReadableResource<unknown>['scope'] = (caller: Caller, query) => {
  if (caller.kind === 'staff') return ok([columnIs('shop', caller.shop)]);
  if (caller.kind !== 'terminal') return ownOnly('customer_number')(caller, query);
  if (query !== null && !query.filters.some(({ attribute }) => attribute === 'externalId')) {
    return err(forbidden('A terminal asks for orders by externalId'));
  }
  return ok([columnIs('terminal_code', caller.terminal)]);
};

function refusedMove(order: OrderRow, to: OrderState, why: WhyNotMoved): TmfFailure {
  switch (why) {
    case 'illegal':
      return { status: 409, code: 'state-transition', reason: `An order that is ${order.state} does not become ${to}` };
    case 'conflict':
      return { status: 409, code: why, reason: "An item no longer fits the customer's contracts" };
    case 'identity-check':
      return { status: 409, code: why, reason: 'The customer has another ID or password since it was ordered' };
    case 'no-mail-address':
      return { status: 409, code: why, reason: 'The customer has no iTSCOM ID that mail could go to' };
    case 'too-many-mails':
      return { status: 409, code: why, reason: 'The customer was mailed too many codes and links lately' };
  }
}
