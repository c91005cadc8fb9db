import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderCreateSchema } from '../../shared/central-api/product-order.ts';
import { staffWithdrawalRequestSchema } from '../../shared/central-api/staff.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { callerOf } from '../http/authentication.ts';
import { parseJson } from '../http/parse-json.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import { findTerminal } from '../terminals/terminal-store.ts';
import { insertOrder, type NewOrder, type OrderingContext } from './accept-order.ts';
import { setState } from './move-order.ts';
import { lockOrder, orderToTmf } from './order-store.ts';

/**
 * The shop takes back an application that never came here, but lies in a rescue file. It is kept as a cancelled order
 * under its id: whoever brings it later, the file or its terminal, finds it known.
 */
export function staffWithdrawalRoutes(app: FastifyInstance, context: OrderingContext): void {
  const { db, clocks, publicUrl } = context;
  app.post(CENTRAL_PATHS.staffWithdrawals, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff') return sendFailure(reply, forbidden('The staff of the shop take applications back'));
    const asked = staffWithdrawalRequestSchema.safeParse(request.body);
    const order = asked.success ? newOrder(asked.data.body, caller.shop) : err('invalid' as const);
    if (!asked.success || !order.ok) return sendFailure(reply, badRequest('An application and a reason are required'));
    const { counter, key } = order.value;
    const terminal = await findTerminal(db, counter.terminal);
    if (terminal?.shop !== caller.shop) return sendFailure(reply, NOT_FOUND);
    const { reason } = asked.data;
    const withdrawn = await context.changeOrders(async (transaction) => {
      const start = { state: 'cancelled', reason: null, quote: null } as const;
      const earlier = await lockOrder(transaction, key, 'external_id');
      const made =
        earlier === null ? await insertOrder(context, transaction, caller, order.value, start) : ok(undefined);
      if (!made.ok) return made;
      // Also when its terminal or a file was faster by a moment.
      const kept = earlier ?? (await lockOrder(transaction, key, 'external_id'));
      if (kept?.shop !== caller.shop) return err(NOT_FOUND);
      if (kept.state === 'held') {
        return ok(await setState(context, transaction, caller, kept, 'cancelled', null, { kind: 'withdrawn', reason }));
      }
      if (kept.state !== 'cancelled') {
        return err({ status: 409, code: 'state-transition', reason: `The order is ${kept.state}, not held` });
      }
      if (earlier === null) {
        await writeInteraction(transaction, clocks.business(), {
          customerNumber: counter.customerNumber,
          shop: caller.shop,
          terminal: caller.terminal,
          staffNumber: caller.number,
          sessionId: null,
          orderId: kept.id,
          visit: { kind: 'application-withdrawn', reason },
        });
      }
      return ok(kept);
    });
    if (!withdrawn.ok) return sendFailure(reply, withdrawn.error);
    const { value } = withdrawn;
    return reply.send(orderToTmf(value, `${publicUrl()}${CENTRAL_PATHS.productOrder}/${value.id}`));
  });
}

type Application = NewOrder & { readonly key: string; readonly counter: NonNullable<NewOrder['counter']> };

function newOrder(body: string, shop: string): Result<Application, 'invalid'> {
  const parsed = productOrderCreateSchema.safeParse(parseJson(body));
  if (!parsed.success) return err('invalid');
  const order = parsed.data;
  const { externalId: key, application } = order;
  const customerNumber = order.relatedParty?.find(({ role }) => role?.toLowerCase() === 'customer')?.id;
  if (key === undefined || application === undefined || customerNumber === undefined) return err('invalid');
  // A correction that never came takes nobody's place.
  const { replaces: _replaces, ...alone } = application;
  return ok({
    order,
    key,
    customerNumber,
    counter: { applicationId: key, application: alone, customerNumber, terminal: application.terminalCode, shop },
    identityVersion: null,
    replaced: null,
    fingerprint: createHash('sha256').update(body).digest('hex'),
  });
}
