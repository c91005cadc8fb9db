import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderCreateSchema, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { type rescuedAnswerSchema, rescuedApplicationSchema } from '../../shared/central-api/rescue.ts';
import { callerOf } from '../http/authentication.ts';
import { parseJson } from '../http/parse-json.ts';
import { badRequest, forbidden, sendFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { acceptOrder, type OrderingContext } from '../product-ordering/accept-order.ts';
import { readSubmission } from '../product-ordering/submission.ts';
import { writeAudit } from '../store/audit.ts';
import { findTerminal } from '../terminals/terminal-store.ts';
import type { z } from 'zod';

/**
 * What an operator rescued from a terminal, one application a call. It is judged as if its terminal had sent it, under
 * the same key: whichever of the two comes second gets the first one's answer, and nothing is booked twice.
 */
export function rescueRoutes(app: FastifyInstance, context: OrderingContext, tokens: Tokens): void {
  const { db, clocks } = context;
  app.post(CENTRAL_PATHS.operatorRescue, async (request, reply) => {
    const operator = callerOf(request);
    if (operator.kind !== 'operator' || !operator.operates) {
      return sendFailure(reply, forbidden('Operators bring in what was rescued'));
    }
    const rescued = rescuedApplicationSchema.safeParse(request.body);
    const json = rescued.success ? parseJson(rescued.data.body) : null;
    const order = productOrderCreateSchema.safeParse(json);
    if (!rescued.success || !order.success || order.data.application === undefined) {
      return sendFailure(reply, badRequest('An application and what authorises it are required'));
    }
    // Also of a terminal that is out of service now: it was in service when the customer applied.
    const terminal = await findTerminal(db, order.data.application.terminalCode);
    if (terminal === null) return sendFailure(reply, unprocessable('unknown-terminal', 'There is no such terminal'));
    const sender: Caller = { kind: 'terminal', terminal: terminal.code, shop: terminal.shop };
    const { body, submissionGrant } = rescued.data;
    const submission = await readSubmission(
      { caller: sender, json, idempotencyKey: order.data.externalId, submissionGrant },
      tokens,
    );
    if (!submission.ok) return sendFailure(reply, submission.error);
    const earlier = await db
      .selectFrom('product_orders')
      .select('id')
      .where('external_id', '=', submission.value.key)
      .executeTakeFirst();
    const answer = await acceptOrder(context, sender, submission.value, Buffer.from(body), 'rescued');
    if (!answer.ok) return sendFailure(reply, answer.error);
    const { id: orderId } = productOrderSchema.parse(JSON.parse(answer.value.body));
    const known = earlier !== undefined;
    await db.transaction().execute((transaction) =>
      writeAudit(transaction, operator, clocks.system(), {
        action: 'create',
        resource: 'rescuedApplication',
        resourceId: orderId,
        customerNumber: submission.value.customerNumber,
        detail: known ? 'known' : 'taken',
      }),
    );
    const result: z.infer<typeof rescuedAnswerSchema> = { orderId, known };
    return reply.code(known ? 200 : 201).send(result);
  });
}
