import { CAPTURE_ERRORS } from '../../../shared/central-api/captures.ts';
import { type OrderState, type ProductOrder, reasonOf } from '../../../shared/central-api/product-order.ts';
import { STAFF_ERRORS } from '../../../shared/central-api/staff.ts';
import type { OrderProgress, StateReason } from '../../../shared/contract/events.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { CentralAnswer } from './central-answer.ts';

/** What an answer to an application means for it. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly orderId: string; readonly progress: OrderProgress }
  | {
      readonly kind: 'held';
      readonly orderId: string | null;
      readonly reason: StateReason;
      readonly progress: OrderProgress | null;
    }
  | {
      readonly kind: 'rejected';
      readonly orderId: string | null;
      readonly reason: StateReason;
      readonly progress: OrderProgress | null;
    }
  /** `processed` unknown: ask for the order before sending it again. */
  | { readonly kind: 'retry'; readonly processed: 'no' | 'unknown' };

/** Central's code in the body of a 409 that only means: the first sending of it is still being worked on. */
const STILL_RUNNING = 'still-running';

/** The one place that decides it: `POST productOrder` of the application with that id. */
export function classifyAnswer(applicationId: string, answer: CentralAnswer<ProductOrder>): Verdict {
  switch (answer.kind) {
    case 'ok':
      return answer.body.externalId === applicationId
        ? classifyOrder(answer.body)
        : { kind: 'retry', processed: 'unknown' };
    case 'error':
      return classifyError(answer.status, answer.error.code);
    case 'unchanged':
    case 'not-central':
      return { kind: 'retry', processed: 'unknown' };
    case 'no-answer':
      return { kind: 'retry', processed: answer.sent ? 'unknown' : 'no' };
    default:
      return cantHappen(answer);
  }
}

function classifyError(status: number, code: string): Verdict {
  if (status >= 500 || status === 408) return { kind: 'retry', processed: 'unknown' };
  switch (status) {
    case 401:
    case 425:
    case 429:
      return { kind: 'retry', processed: 'no' };
    case 400:
    case 422:
      return { kind: 'rejected', orderId: null, reason: 'invalid', progress: null };
    case 403:
      return { kind: 'held', orderId: null, reason: 'not-authorised', progress: null };
    case 404:
      return { kind: 'held', orderId: null, reason: 'not-found', progress: null };
    case 409:
      if (code === STILL_RUNNING) return { kind: 'retry', processed: 'unknown' };
      // Central lost one, or what it had was too old: they go once more, before the order.
      if (code === CAPTURE_ERRORS.missing) return { kind: 'retry', processed: 'no' };
      return { kind: 'held', orderId: null, reason: conflictOf(code), progress: null };
    case 413:
      return { kind: 'held', orderId: null, reason: 'too-large', progress: null };
    default:
      return { kind: 'held', orderId: null, reason: 'other', progress: null };
  }
}

/** Why a correction, or what was corrected, came too late. */
function conflictOf(code: string): StateReason {
  switch (code) {
    case STAFF_ERRORS.alreadyReplaced:
      return 'already-replaced';
    case STAFF_ERRORS.alreadyStarted:
      return 'already-started';
    default:
      return 'conflict';
  }
}

/** What an order at central says of its application, whichever way it was read. */
export function classifyOrder(order: ProductOrder): Exclude<Verdict, { kind: 'retry' }> {
  const progress = progressOf(order.state);
  const told = reasonOf(order);
  // What was overtaken has been carried out: none waits or is refused for it.
  const reason = told === null || told === 'overtaken' ? 'other' : told;
  switch (progress) {
    case 'held':
      return { kind: 'held', orderId: order.id, reason, progress };
    case 'rejected':
    case 'cancelled':
      return { kind: 'rejected', orderId: order.id, reason, progress };
    case 'acknowledged':
    case 'inProgress':
    case 'completed':
      return { kind: 'accepted', orderId: order.id, progress };
    default:
      return cantHappen(progress);
  }
}

function progressOf(state: OrderState): OrderProgress {
  switch (state) {
    case 'acknowledged':
    case 'inProgress':
    case 'completed':
    case 'held':
    case 'rejected':
    case 'cancelled':
      return state;
    case 'failed':
      return 'rejected';
    case 'pending':
    case 'partial':
    case 'assessingCancellation':
    case 'pendingCancellation':
      return 'inProgress';
    default:
      return cantHappen(state);
  }
}
