import { z } from 'zod';
import { orderCapturesSchema } from '../../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { IDEMPOTENCY_KEY_HEADER, SUBMISSION_GRANT_HEADER } from '../../../shared/central-api/terminal-v1.ts';
import type { CaptureStore } from '../captures/capture-store.ts';
import { createCaptureSender } from '../captures/send-captures.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient } from '../central/central-client.ts';
import { classifyAnswer, classifyOrder, type Verdict } from '../central/classify-answer.ts';
import type { CorrectedClock } from '../central/corrected-clock.ts';
import { retryAfterMs } from '../central/retry-after.ts';
import type { StepProbe } from '../step-probe.ts';
import type { Sendable } from './payload.ts';

export type Delivery =
  | { readonly kind: 'decided'; readonly verdict: Exclude<Verdict, { kind: 'retry' }> }
  | {
      readonly kind: 'again';
      readonly processed: 'no' | 'unknown';
      /** Central asked to wait so long; null: it did not say. */
      readonly waitMs: number | null;
      /** 429: central wants less from this terminal, not only from this application. */
      readonly slowDown: boolean;
      /** Whether anything of central's came back. */
      readonly answered: boolean;
    };

export interface Courier {
  deliver(input: { id: string; outcomeUnknown: boolean; payload: Sendable }): Promise<Delivery>;
  /** The order that central has for the application; null: none, or central can't say now. */
  lookUp(id: string, grant: string): Promise<ProductOrder | null>;
}

const ordersSchema = z.array(productOrderSchema);
const namingSchema = z.looseObject({
  application: z.looseObject({ captures: orderCapturesSchema.optional() }).optional(),
});

/** The pictures that have to be at central before this body. */
const capturesOf = (body: string): readonly string[] =>
  namingSchema.parse(JSON.parse(body)).application?.captures ?? [];

export function createCourier(parts: {
  client: CentralClient;
  captures: Pick<CaptureStore, 'of' | 'read'>;
  clock: CorrectedClock;
  probe: StepProbe;
}): Courier {
  const { client, captures, clock, probe } = parts;
  const sender = createCaptureSender({ client, captures, probe });

  const ask = (id: string, grant: string): Promise<CentralAnswer<ProductOrder[]>> =>
    client.call(
      {
        method: 'GET',
        path: `${CENTRAL_PATHS.productOrder}?${new URLSearchParams({ externalId: id }).toString()}`,
        headers: { [SUBMISSION_GRANT_HEADER]: grant },
      },
      ordersSchema,
    );

  const again = (processed: 'no' | 'unknown', answer: CentralAnswer<unknown>): Delivery => ({
    kind: 'again',
    processed,
    waitMs:
      answer.kind === 'no-answer' ? null : retryAfterMs(answer.headers.retryAfter, answer.headers.date, clock.now()),
    slowDown: (answer.kind === 'error' || answer.kind === 'not-central') && answer.status === 429,
    answered: answer.kind === 'ok' || answer.kind === 'error',
  });

  return {
    deliver: async ({ id, outcomeUnknown, payload }) => {
      if (outcomeUnknown) {
        const found = await ask(id, payload.grant);
        probe.reached('send.looked-up');
        if (found.kind === 'ok') {
          const order = found.body.find((one) => one.externalId === id);
          if (order !== undefined) return { kind: 'decided', verdict: classifyOrder(order) };
          // It told of other orders than it was asked for: then it can't say that there is none of this one.
          if (found.body.length > 0) return again('unknown', found);
        } else if (found.kind !== 'error' || found.status !== 404) {
          return again('unknown', found);
        }
      }
      const sent = await sender.send(id, capturesOf(payload.body), payload.grant);
      switch (sent.kind) {
        case 'whole':
          break;
        case 'again':
          return again('no', sent.answer);
        case 'not-possible':
          return { kind: 'decided', verdict: { kind: 'held', orderId: null, reason: sent.reason, progress: null } };
        default:
          return cantHappen(sent);
      }
      const answer = await client.call(
        {
          method: 'POST',
          path: CENTRAL_PATHS.productOrder,
          headers: { [IDEMPOTENCY_KEY_HEADER]: id, [SUBMISSION_GRANT_HEADER]: payload.grant },
          body: payload.body,
        },
        productOrderSchema,
      );
      probe.reached('send.answered');
      const verdict = classifyAnswer(id, answer);
      return verdict.kind === 'retry' ? again(verdict.processed, answer) : { kind: 'decided', verdict };
    },
    lookUp: async (id, grant) => {
      const found = await ask(id, grant);
      return found.kind === 'ok' ? (found.body.find((order) => order.externalId === id) ?? null) : null;
    },
  };
}
