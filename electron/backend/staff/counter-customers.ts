import { randomUUID } from 'node:crypto';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  type CustomerSearchField,
  type CustomerSearchResponse,
  customerSearchResponseSchema,
} from '../../../shared/central-api/staff.ts';
import { signInResponseSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { IdentityMethod } from '../../../shared/domain/identity-check.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { CentralForStaff, StaffError } from './ask-central.ts';
import type { StaffSessions } from './staff-sessions.ts';

/** The customers whom staff looks after at a counter. */
export interface CounterCustomers {
  findCustomers(
    staffSessionId: string,
    field: CustomerSearchField,
    value: string,
  ): Promise<Result<CustomerSearchResponse, StaffError>>;
  openCustomer(
    staffSessionId: string,
    customerNumber: string,
    identityMethod: IdentityMethod,
  ): Promise<Result<Session, StaffError | { readonly code: 'customer-unknown' }>>;
  /** Without central: the number as it was typed, nothing known of its contracts. */
  openUnverified(
    staffSessionId: string,
    customerNumber: string,
    identityMethod: IdentityMethod,
  ): Result<Session, StaffError | { readonly code: 'reachable' }>;
}

export function createCounterCustomers(parts: {
  kept: StaffSessions;
  central: CentralForStaff;
  connectivity: Connectivity;
  sessions: Sessions;
}): CounterCustomers {
  const { kept, central, connectivity, sessions } = parts;
  return {
    findCustomers: async (id, field, value) => {
      const entry = kept.atCounter(id);
      if (!entry.ok) return entry;
      const answer = await central.ask(
        id,
        {
          method: 'GET',
          path: `${CENTRAL_PATHS.staffCustomers}?${new URLSearchParams({ [field]: value }).toString()}`,
        },
        customerSearchResponseSchema,
      );
      if (!answer.ok) return answer;
      return answer.value.kind === 'ok' ? ok(answer.value.body) : err(central.refusal(id, answer.value));
    },
    openCustomer: async (id, customerNumber, identityMethod) => {
      const entry = kept.atCounter(id);
      if (!entry.ok) return entry;
      const { staff } = entry.value.session;
      const sessionId = randomUUID();
      const answer = await central.ask(
        id,
        {
          method: 'POST',
          path: CENTRAL_PATHS.staffCustomerSessions,
          body: JSON.stringify({ customerNumber, sessionId, identityMethod }),
        },
        signInResponseSchema,
      );
      if (!answer.ok) return answer;
      if (answer.value.kind === 'error') {
        return err(answer.value.status === 404 ? { code: 'customer-unknown' } : central.refusal(id, answer.value));
      }
      const session = await sessions.openByStaff({
        id: sessionId,
        opened: answer.value.body,
        attribution: { kind: 'staff', sessionId, staffNumber: staff.number, identityMethod, unverified: false },
      });
      if (session === null) return err({ code: 'unreachable' });
      entry.value.opened.add(sessionId);
      return ok(session);
    },
    openUnverified: (id, customerNumber, identityMethod) => {
      const entry = kept.atCounter(id);
      if (!entry.ok) return entry;
      if (connectivity.state() === 'reachable' && entry.value.accessToken !== null) return err({ code: 'reachable' });
      const sessionId = randomUUID();
      const { number: staffNumber } = entry.value.session.staff;
      entry.value.opened.add(sessionId);
      return ok(
        sessions.openUnverified({
          id: sessionId,
          customerNumber,
          grant: entry.value.attestation,
          attribution: { kind: 'staff', sessionId, staffNumber, identityMethod, unverified: true },
        }),
      );
    },
  };
}
