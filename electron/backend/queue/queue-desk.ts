import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type ApplicationExtension, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import type { StateReason } from '../../../shared/contract/events.ts';
import type { QueueDetail, QueueFilter, QueueRow } from '../../../shared/contract/queue.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { IdentityMethod } from '../../../shared/domain/identity-check.ts';
import { actionsFor, type QueueAction } from '../../../shared/domain/queue-actions.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import type { WithdrawalReason } from '../../../shared/domain/withdrawal.ts';
import type { Courier } from '../outbox/deliver.ts';
import type { OrderFollower } from '../outbox/follow-orders.ts';
import type { ListedApplication, OutboxList, QueueSearch } from '../outbox/outbox-list.ts';
import type { Act } from '../outbox/outbox-rows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { SavedRescueFile } from '../outbox/save-rescue-file.ts';
import { type Payload, readBody } from '../outbox/payload.ts';
import type { SystemClock } from '../ports.ts';
import { productsOf } from '../sessions/customer-data.ts';
import type { Session } from '../sessions/sessions.ts';
import { contentAtCentral } from './content-at-central.ts';
import type { StaffError } from '../staff/ask-central.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';

export type QueueError =
  | StaffError
  /** There is no such application here. */
  | { readonly code: 'unknown' }
  /** The application isn't as staff saw it, or what they want doesn't fit it. */
  | { readonly code: 'not-now' };

/** The applications taken at this terminal, for the staff who are at work at it. */
export interface QueueDesk {
  list(filter: QueueFilter, search: QueueSearch): ReturnType<OutboxList['keys']>;
  rows(keys: readonly number[]): QueueRow[];
  detail(staffSessionId: string, applicationId: string): Result<QueueDetail, QueueError>;
  /** What was applied for, from central where it was erased here. */
  content(
    staffSessionId: string,
    applicationId: string,
  ): Promise<Result<QueueDetail['content'], QueueError | { readonly code: 'not-there' }>>;
  /** Sends it once more as it is, under the same key; central is asked first whether it has it. */
  retry(staffSessionId: string, applicationId: string): Result<void, QueueError>;
  /** A manager's decision, at central. `stays-held`: it doesn't fit as it is, for that reason. */
  release(
    staffSessionId: string,
    applicationId: string,
  ): Promise<Result<void, QueueError | { readonly code: 'stays-held'; readonly reason: StateReason }>>;
  /** A manager's decision, at central. */
  reject(staffSessionId: string, applicationId: string): Promise<Result<void, QueueError>>;
  withdraw(staffSessionId: string, applicationId: string, reason: WithdrawalReason): Promise<Result<void, QueueError>>;
  /** Everything that central may not have, in a file that only the operator's rescue key opens. */
  exportRescue(): Result<SavedRescueFile, 'disk-full' | 'not-writable'>;
  /** Opens a session of the customer in which the procedure, gone through once more, takes the application's place. */
  correct(
    staffSessionId: string,
    input: { applicationId: string; customerNumber: string; identityMethod: IdentityMethod },
  ): Promise<Result<Correction, QueueError | { readonly code: 'customer-unknown' }>>;
}

interface Correction {
  readonly session: Session;
  readonly procedureId: string;
  readonly answers: Readonly<Record<string, string>>;
}

interface Chosen {
  readonly listed: ListedApplication;
  readonly payload: Payload | null;
  readonly staff: StaffMember;
}

export function createQueueDesk(parts: {
  outbox: Outbox;
  list: OutboxList;
  staff: StaffDesk;
  courier: Courier;
  follower: OrderFollower;
  /** Something may be sendable now. */
  wake(): void;
  saveRescueFile: QueueDesk['exportRescue'];
  now: SystemClock;
  businessNow: BusinessClock;
}): QueueDesk {
  const { outbox, list, staff, courier, follower, wake, now, businessNow } = parts;

  /** Written by the system clock; staff go by the shop's. */
  const shopTime = (at: number): number => at + businessNow() - now();

  function rowOf(listed: ListedApplication, payload: Payload | null): QueueRow {
    const { id, orderId: _orderId, correctedBy: _correctedBy, exportedAt: _exportedAt, changedAt, ...row } = listed;
    return {
      ...row,
      applicationId: id,
      changedAt: shopTime(changedAt),
      customerNumber: payload?.customerNumber ?? null,
    };
  }

  function choose(staffSessionId: string, applicationId: string): Result<Chosen, QueueError> {
    const atWork = staff.atWork(staffSessionId);
    if (!atWork.ok) return atWork;
    const listed = list.byId(applicationId);
    if (listed === null) return err({ code: 'unknown' });
    return ok({ listed, payload: outbox.payloadOf(applicationId), staff: atWork.value });
  }

  function actionsOn(
    staffSessionId: string,
    { listed, payload, staff: { role } }: Chosen,
  ): ReturnType<typeof actionsFor> {
    const { id, state, reason, orderId, correctedBy, exportedAt } = listed;
    const { correct, ...others } = actionsFor(
      {
        state,
        reason,
        isAtCentral: orderId !== null,
        isCorrected: correctedBy !== null,
        isExported: exportedAt !== null,
        isReadable: payload !== null,
        isSendable: outbox.isSendable(id),
      },
      { isManager: role === 'manager', hasCentral: staff.hasCentral(staffSessionId) },
    );
    // Going through a procedure for a customer is a counter's.
    return correct === undefined || !staff.atCounter(staffSessionId).ok ? others : { ...others, correct };
  }

  function chooseFor(action: QueueAction, staffSessionId: string, applicationId: string): Result<Chosen, QueueError> {
    const chosen = choose(staffSessionId, applicationId);
    if (!chosen.ok) return chosen;
    const found = actionsOn(staffSessionId, chosen.value)[action];
    if (found === 'needs-central') return err({ code: 'unreachable' });
    return found === 'free' ? chosen : err({ code: 'not-now' });
  }

  const actOf = ({ staff: { number } }: Chosen, kind: Act['kind'], detail: string | null = null): Act => ({
    at: businessNow(),
    staffNumber: number,
    kind,
    detail,
  });

  const asking = new Set<string>();
  /** One question to central about an application at a time: a second press is no second withdrawal. */
  async function alone<T>(
    applicationId: string,
    ask: () => Promise<Result<void, T>>,
  ): Promise<Result<void, T | { readonly code: 'not-now' }>> {
    if (asking.has(applicationId)) return err({ code: 'not-now' });
    asking.add(applicationId);
    try {
      return await ask();
    } finally {
      asking.delete(applicationId);
    }
  }

  /** What central has of it, once something turned out to be other than staff saw it. */
  async function lookAgain({ listed: { id }, payload }: Chosen): Promise<'at-central' | 'not-known'> {
    const order = payload === null ? null : await courier.lookUp(id, payload.grant);
    if (order === null) return 'not-known';
    follower.settle(id, order);
    return 'at-central';
  }

  async function decide(
    staffSessionId: string,
    applicationId: string,
    action: Extract<QueueAction, 'release' | 'reject'>,
    body: string | undefined,
  ): ReturnType<QueueDesk['release']> {
    const chosen = chooseFor(action, staffSessionId, applicationId);
    if (!chosen.ok) return chosen;
    const answer = await staff.ask(
      staffSessionId,
      {
        method: 'POST',
        path: `${CENTRAL_PATHS.staffOrders}/${chosen.value.listed.orderId ?? ''}/${action}`,
        ...(body === undefined ? {} : { body }),
      },
      productOrderSchema,
    );
    if (!answer.ok) return answer;
    if (answer.value.kind === 'ok') {
      outbox.record(applicationId, actOf(chosen.value, action));
      follower.settle(applicationId, answer.value.body);
      return ok(undefined);
    }
    await lookAgain(chosen.value);
    const after = outbox.find(applicationId);
    if (after?.state !== 'held') return err({ code: 'not-now' });
    return err({ code: 'stays-held', reason: after.reason ?? 'other' });
  }

  async function reject(staffSessionId: string, applicationId: string): Promise<Result<void, QueueError>> {
    const chosen = chooseFor('reject', staffSessionId, applicationId);
    if (!chosen.ok) return chosen;
    const reason = chosen.value.listed.reason ?? 'other';
    const rejected = await decide(staffSessionId, applicationId, 'reject', JSON.stringify({ reason }));
    if (rejected.ok) return rejected;
    return err(rejected.error.code === 'stays-held' ? { code: 'not-now' } : rejected.error);
  }

  async function withdraw(
    staffSessionId: string,
    applicationId: string,
    reason: WithdrawalReason,
  ): Promise<Result<void, QueueError>> {
    const chosen = chooseFor('withdraw', staffSessionId, applicationId);
    if (!chosen.ok) return chosen;
    const { state } = chosen.value.listed;
    const act = actOf(chosen.value, 'withdraw', reason);
    const request = withdrawalAtCentral(chosen.value, reason);
    if (request === null) {
      // Central refused it, but may have got it another way since: from a rescue file.
      const isElsewhere = state === 'held' && (await lookAgain(chosen.value)) === 'at-central';
      if (isElsewhere) return err({ code: 'not-now' });
      const done = outbox.withdraw(applicationId, { act, isCancelledAtCentral: false });
      return done.ok ? done : err({ code: 'not-now' });
    }
    // Before central is asked: if its answer is lost, what it says of the order later is known to be this.
    outbox.record(applicationId, act);
    const answer = await staff.ask(staffSessionId, { method: 'POST', ...request }, productOrderSchema);
    if (!answer.ok) return answer;
    if (answer.value.kind === 'ok') {
      const done = outbox.withdraw(applicationId, { act: null, isCancelledAtCentral: true });
      // What central said of the order may have been written down already.
      return done.ok || outbox.find(applicationId)?.state === 'withdrawn' ? ok(undefined) : err({ code: 'not-now' });
    }
    outbox.record(applicationId, actOf(chosen.value, 'withdraw-refused'));
    await lookAgain(chosen.value);
    return err({ code: 'not-now' });
  }

  return {
    list: list.keys,
    rows: (keys) => list.byKeys(keys).map((listed) => rowOf(listed, outbox.payloadOf(listed.id))),
    detail: (staffSessionId, applicationId) => {
      const chosen = choose(staffSessionId, applicationId);
      if (!chosen.ok) return chosen;
      const { listed, payload } = chosen.value;
      const { orderId, correctedBy, exportedAt } = listed;
      return ok({
        row: rowOf(listed, payload),
        orderId,
        correctedBy: correctedBy === null ? null : (outbox.find(correctedBy)?.receiptNumber ?? null),
        exportedAt: exportedAt === null ? null : shopTime(exportedAt),
        content: contentOf(listed, payload),
        acts: outbox.actsOn(applicationId).map(({ at, staffNumber, kind }) => ({ at, staffNumber, kind })),
        actions: actionsOn(staffSessionId, chosen.value),
      });
    },
    content: async (staffSessionId, applicationId) => {
      const chosen = choose(staffSessionId, applicationId);
      if (!chosen.ok) return chosen;
      const { listed, payload } = chosen.value;
      if (payload !== null || listed.state !== 'accepted') return ok(contentOf(listed, payload));
      const found = await contentAtCentral(staff, staffSessionId, applicationId);
      return found.ok ? ok(readable(found.value.application, found.value.quote)) : found;
    },
    retry: (staffSessionId, applicationId) => {
      const chosen = chooseFor('retry', staffSessionId, applicationId);
      if (!chosen.ok) return chosen;
      if (!outbox.retry(applicationId, actOf(chosen.value, 'retry')).ok) return err({ code: 'not-now' });
      wake();
      return ok(undefined);
    },
    release: (staffSessionId, applicationId) =>
      alone(applicationId, () => decide(staffSessionId, applicationId, 'release', undefined)),
    reject: (staffSessionId, applicationId) => alone(applicationId, () => reject(staffSessionId, applicationId)),
    withdraw: (staffSessionId, applicationId, reason) =>
      alone(applicationId, () => withdraw(staffSessionId, applicationId, reason)),
    exportRescue: parts.saveRescueFile,
    correct: async (staffSessionId, { applicationId, customerNumber, identityMethod }) => {
      const chosen = chooseFor('correct', staffSessionId, applicationId);
      if (!chosen.ok) return chosen;
      const { listed, payload } = chosen.value;
      if (payload === null) return err({ code: 'not-now' });
      const opened = await open(staffSessionId, customerNumber, identityMethod);
      if (!opened.ok) return opened;
      const session = opened.value;
      const { procedureId, receiptNumber } = listed;
      const order = readOrder(payload);
      session.correcting = { applicationId, procedureId, receiptNumber, products: new Set(productsOf(order)) };
      return ok({ session, procedureId, answers: order.application.answers });
    },
  };

  async function open(staffSessionId: string, customerNumber: string, identityMethod: IdentityMethod) {
    const opened = await staff.openCustomer(staffSessionId, customerNumber, identityMethod);
    if (opened.ok || opened.error.code !== 'unreachable') return opened;
    const unverified = staff.openUnverified(staffSessionId, customerNumber, identityMethod);
    if (unverified.ok) return unverified;
    const { code } = unverified.error;
    return err({ code: code === 'reachable' ? 'unreachable' : code } as const);
  }
}

/** null: central doesn't have it and can't get it any more once it is withdrawn here. */
function withdrawalAtCentral({ listed: { orderId, exportedAt }, payload }: Chosen, reason: WithdrawalReason) {
  if (orderId !== null) {
    return { path: `${CENTRAL_PATHS.staffOrders}/${orderId}/withdraw`, body: JSON.stringify({ reason }) };
  }
  if (exportedAt === null || payload === null) return null;
  return { path: CENTRAL_PATHS.staffWithdrawals, body: JSON.stringify({ body: payload.body, reason }) };
}

function contentOf({ state }: ListedApplication, payload: Payload | null): QueueDetail['content'] {
  if (payload === null) return { kind: state === 'accepted' ? 'erased' : 'sealed' };
  return readable(readOrder(payload).application, payload.quote);
}

const readable = ({ answers, language, attribution }: ApplicationExtension, quote: Quote): QueueDetail['content'] => ({
  kind: 'readable',
  answers,
  quote,
  language,
  attribution,
});

function readOrder({ body }: Payload) {
  const order = readBody(body);
  if (order.application === undefined) throw new Error('an application in the outbox is none');
  return { ...order, application: order.application };
}
