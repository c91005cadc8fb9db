import type { ORPCError } from '@orpc/client';
import type { StateReason } from '../../../shared/contract/events.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { WithdrawalReason } from '../../../shared/domain/withdrawal.ts';
import type { Answer } from '../../app/connection.ts';
import type { Terminal } from '../../app/terminal.ts';

/** What came of what staff did with an application. */
export type QueueAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'stays-held'; readonly reason: StateReason }
  | { readonly kind: 'not-now' | 'unreachable' | 'customer-unknown' | 'gone' | 'link-lost' }
  | { readonly kind: 'failed'; readonly correlationId: string | null };

type Refused =
  | ORPCError<
      'STAFF_GONE' | 'STAFF_AWAY' | 'UNKNOWN_APPLICATION' | 'CENTRAL_UNREACHABLE' | 'NOT_NOW' | 'CUSTOMER_UNKNOWN',
      unknown
    >
  | ORPCError<'STAYS_HELD', { reason: StateReason }>;

export type PlainAction =
  | { readonly kind: 'retry' | 'release' | 'reject' }
  | { readonly kind: 'withdraw'; readonly reason: WithdrawalReason };

export async function act(
  terminal: Terminal,
  staffSessionId: string,
  applicationId: string,
  action: PlainAction,
): Promise<QueueAnswer> {
  const of = { staffSessionId, applicationId };
  const { ask } = terminal.connection;
  switch (action.kind) {
    case 'retry':
      return read(terminal, staffSessionId, await ask((client) => client.queue.retry(of)));
    case 'release':
      return read(terminal, staffSessionId, await ask((client) => client.queue.release(of)));
    case 'reject':
      return read(terminal, staffSessionId, await ask((client) => client.queue.reject(of)));
    case 'withdraw':
      return read(
        terminal,
        staffSessionId,
        await ask((client) => client.queue.withdraw({ ...of, reason: action.reason })),
      );
    default:
      return cantHappen(action);
  }
}

function read(terminal: Terminal, staffSessionId: string, answer: Answer<void, Refused>): QueueAnswer {
  if (answer.kind === 'ok') return { kind: 'done' };
  return answer.kind === 'refused' ? refused(terminal, staffSessionId, answer.error) : answer;
}

/** What the refusal means for the page; staff whom the backend doesn't know any more are signed out. */
export function refused(terminal: Terminal, staffSessionId: string, error: Refused): QueueAnswer {
  switch (error.code) {
    case 'STAYS_HELD':
      return { kind: 'stays-held', reason: error.data.reason };
    case 'CUSTOMER_UNKNOWN':
      return { kind: 'customer-unknown' };
    case 'CENTRAL_UNREACHABLE':
      return { kind: 'unreachable' };
    case 'NOT_NOW':
    case 'UNKNOWN_APPLICATION':
      return { kind: 'not-now' };
    case 'STAFF_GONE':
    case 'STAFF_AWAY':
      terminal.staff.gone(staffSessionId);
      return { kind: 'gone' };
    default:
      return cantHappen(error);
  }
}
