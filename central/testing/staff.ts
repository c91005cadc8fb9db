import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { IdentityMethod } from '../../shared/domain/identity-check.ts';
import type { Attribution } from '../../shared/central-api/product-order.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type StaffSignInResponse, staffSignInResponseSchema } from '../../shared/central-api/staff.ts';
import type { ProcedureId } from '../../shared/procedures/registry.ts';
import { signInResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { type Answer, call, type FrozenOrder, freezeOrder, readCatalog, sendOrder, type Session } from './client.ts';
import { terminalToken } from './test-terminal.ts';

/** Of the demo, both in the shop of T01. */
export const STAFF = { number: '1001', pin: '248163' } as const;
export const MANAGER = { number: '9001', pin: '735192' } as const;

export interface StaffSession extends StaffSignInResponse {
  readonly terminalToken: string;
}

export async function staffSignIn(
  url: string,
  who: { readonly number: string; readonly pin: string } = STAFF,
): Promise<StaffSession> {
  const token = await terminalToken(url);
  const answer = await call(`${url}${CENTRAL_PATHS.staffSignIn}`, { token, body: who });
  expect(answer.status, answer.text).toBe(200);
  return { ...staffSignInResponseSchema.parse(answer.json()), terminalToken: token };
}

export async function openCustomer(
  url: string,
  staff: StaffSession,
  customerNumber: string,
  identityMethod: IdentityMethod = 'drivers-licence',
): Promise<Session> {
  const sessionId = randomUUID();
  const answer = await call(`${url}${CENTRAL_PATHS.staffCustomerSessions}`, {
    token: staff.accessToken,
    body: { customerNumber, sessionId, identityMethod },
  });
  expect(answer.status, answer.text).toBe(200);
  return { ...signInResponseSchema.parse(answer.json()), sessionId, terminalToken: staff.terminalToken };
}

/** What staff sends for a customer whose session they opened, or, `unverified`, without central's knowing. */
export function staffAttribution(staff: StaffSession, sessionId: string, unverified: boolean): Attribution {
  return {
    kind: 'staff',
    sessionId,
    staffNumber: staff.staff.number,
    identityMethod: 'drivers-licence',
    unverified,
  };
}

/** An application that staff froze while central was away. */
export async function unverifiedOrder(
  url: string,
  staff: StaffSession,
  customerNumber: string,
  procedureId: ProcedureId,
  answers: Record<string, string>,
  capturedAt: number,
): Promise<FrozenOrder> {
  return freezeOrder({
    catalog: await readCatalog(url, staff.accessToken),
    facts: { kind: 'unknown', customerNumber },
    procedureId,
    answers,
    capturedAt,
    attribution: staffAttribution(staff, randomUUID(), true),
  });
}

/** With the attestation in place of a grant. */
export function postUnverified(url: string, staff: StaffSession, order: FrozenOrder): Promise<Answer> {
  return sendOrder(url, staff.terminalToken, staff.attestation, order);
}

export function correctionOf(replaced: { readonly externalId: string }, order: FrozenOrder): FrozenOrder {
  return { ...order, application: { ...order.application, replaces: replaced.externalId } };
}
