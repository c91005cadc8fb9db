import type { CustomerSearchField, CustomerSearchResponse } from '../../shared/central-api/staff.ts';
import type { StaffSessionView } from '../../shared/contract/staff.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import { STAFF_ENTRY_MOST } from '../../shared/domain/staff.ts';
import type { Connection } from '../app/connection.ts';

/** `with-customer`: the screen was handed over; `locked`: nobody may do anything before staff's PIN. */
export type Presence = 'at-work' | 'with-customer' | 'locked';

export interface StaffState extends StaffSessionView {
  readonly presence: Presence;
}

export type PinAnswer =
  | { readonly kind: 'ok' }
  /** Nobody waits for it any more: they are not signed in. */
  | { readonly kind: 'left' }
  | { readonly kind: 'refused' | 'not-known-here' | 'link-lost' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'failed'; readonly correlationId: string | null };

export type FindAnswer =
  | { readonly kind: 'found'; readonly found: CustomerSearchResponse }
  | { readonly kind: 'unreachable' | 'gone' | 'link-lost' }
  | { readonly kind: 'failed'; readonly correlationId: string | null };

export type OpenAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'unreachable' | 'customer-unknown' | 'reachable' | 'gone' | 'link-lost' }
  | { readonly kind: 'failed'; readonly correlationId: string | null };

export interface StaffTerminal {
  /** @param left whoever asked has gone to another screen */
  signIn(number: string, pin: string, left: AbortSignal): Promise<PinAnswer>;
  /** Somebody is there, at a customers' terminal that is unlocked. */
  touch(): void;
  leave(presence: Exclude<Presence, 'at-work'>): void;
  comeBack(pin: string): Promise<PinAnswer>;
  signOut(): void;
  /**
   * Shows the session that the backend opened on a customer's behalf, if its staff are there still.
   * @returns false: it isn't shown
   */
  opened(staffSessionId: string, sessionId: string): Promise<boolean>;
  /** The backend said that this session of staff's is over or locked; by then others may be there. */
  gone(staffSessionId: string): void;
  find(field: CustomerSearchField, value: string): Promise<FindAnswer>;
  open(customer: { number: string; identityMethod: IdentityMethod; unverified: boolean }): Promise<OpenAnswer>;
}

interface StaffPorts {
  connection: Connection;
  get(): StaffState | null;
  /** null also wipes the customer's session, but for one that waited behind an unlocked terminal. */
  set(staff: StaffState | null): void;
  /** @returns false: it was over before it could be shown */
  opened(sessionId: string): Promise<boolean>;
  /** Ends a session that nobody is there for. */
  giveUp(sessionId: string): void;
}

export function createStaffTerminal({ connection, get, set, ...ports }: StaffPorts): StaffTerminal {
  const isHere = (staffSessionId: string): boolean => get()?.staffSessionId === staffSessionId;
  const gone = (staffSessionId: string): { kind: 'gone' } => {
    if (isHere(staffSessionId)) set(null);
    return { kind: 'gone' };
  };
  const opened: StaffTerminal['opened'] = async (staffSessionId, sessionId) => {
    if (isHere(staffSessionId)) return ports.opened(sessionId);
    ports.giveUp(sessionId);
    return false;
  };
  const signOutAtTerminal = (staffSessionId: string): void => {
    void connection.ask((client) => client.staff.signOut({ staffSessionId }));
  };
  return {
    gone,
    signIn: async (number, pin, left) => {
      // Whatever is wrong reads alike.
      if (isTooLong(number) || isTooLong(pin)) return { kind: 'refused' };
      const answer = await connection.ask((client) => client.staff.signIn({ number, pin }));
      if (answer.kind === 'ok') {
        if (left.aborted) {
          signOutAtTerminal(answer.value.staffSessionId);
          return { kind: 'left' };
        }
        set({ ...answer.value, presence: 'at-work' });
        return { kind: 'ok' };
      }
      if (answer.kind !== 'refused') return answer;
      switch (answer.error.code) {
        case 'STAFF_REFUSED':
          return { kind: 'refused' };
        case 'THROTTLED':
          return { kind: 'throttled', retryAfterSeconds: answer.error.data.retryAfterSeconds };
        case 'NOT_KNOWN_HERE':
          return { kind: 'not-known-here' };
        default:
          return cantHappen(answer.error);
      }
    },
    touch: () => {
      const staffSessionId = get()?.staffSessionId;
      if (staffSessionId !== undefined) void connection.askOnce((client) => client.staff.touch({ staffSessionId }));
    },
    leave: (presence) => {
      const staff = get();
      if (staff === null) return;
      set({ ...staff, presence });
      const { staffSessionId } = staff;
      void connection
        .ask((client) => client.staff.leave({ staffSessionId }))
        .then((answer) => {
          if (answer.kind === 'refused') gone(staffSessionId);
        });
    },
    comeBack: async (pin) => {
      const staffSessionId = get()?.staffSessionId;
      if (staffSessionId === undefined || isTooLong(pin)) return { kind: 'refused' };
      const answer = await connection.ask((client) => client.staff.comeBack({ staffSessionId, pin }));
      if (answer.kind === 'ok') {
        if (isHere(staffSessionId)) set({ ...answer.value, presence: 'at-work' });
        return { kind: 'ok' };
      }
      if (answer.kind !== 'refused') return answer;
      switch (answer.error.code) {
        case 'STAFF_REFUSED':
          return { kind: 'refused' };
        case 'THROTTLED':
          return { kind: 'throttled', retryAfterSeconds: answer.error.data.retryAfterSeconds };
        case 'NOT_KNOWN_HERE':
          return { kind: 'not-known-here' };
        case 'STAFF_GONE':
          gone(staffSessionId);
          return { kind: 'refused' };
        default:
          return cantHappen(answer.error);
      }
    },
    signOut: () => {
      const staffSessionId = get()?.staffSessionId;
      if (staffSessionId === undefined) return;
      set(null);
      signOutAtTerminal(staffSessionId);
    },
    opened,
    find: async (field, value) => {
      const staffSessionId = get()?.staffSessionId;
      if (staffSessionId === undefined) return { kind: 'gone' };
      const answer = await connection.ask((client) => client.staff.findCustomers({ staffSessionId, field, value }));
      if (answer.kind === 'ok') return { kind: 'found', found: answer.value };
      if (answer.kind !== 'refused') return answer;
      switch (answer.error.code) {
        case 'CENTRAL_UNREACHABLE':
          return { kind: 'unreachable' };
        case 'STAFF_GONE':
        case 'STAFF_AWAY':
          return gone(staffSessionId);
        default:
          return cantHappen(answer.error);
      }
    },
    open: async ({ number: customerNumber, identityMethod, unverified }) => {
      const staffSessionId = get()?.staffSessionId;
      if (staffSessionId === undefined) return { kind: 'gone' };
      const input = { staffSessionId, customerNumber, identityMethod };
      const answer = unverified
        ? await connection.ask((client) => client.staff.openUnverified(input))
        : await connection.ask((client) => client.staff.openCustomer(input));
      if (answer.kind === 'ok') {
        return (await opened(staffSessionId, answer.value.sessionId)) ? { kind: 'opened' } : { kind: 'gone' };
      }
      if (answer.kind !== 'refused') return answer;
      switch (answer.error.code) {
        case 'CENTRAL_UNREACHABLE':
          return { kind: 'unreachable' };
        case 'CENTRAL_REACHABLE':
          return { kind: 'reachable' };
        case 'CUSTOMER_UNKNOWN':
          return { kind: 'customer-unknown' };
        case 'STAFF_GONE':
        case 'STAFF_AWAY':
          return gone(staffSessionId);
        default:
          return cantHappen(answer.error);
      }
    },
  };
}

const isTooLong = (typed: string): boolean => typed.length > STAFF_ENTRY_MOST;
