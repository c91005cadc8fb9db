import type { FastifyInstance, FastifyRequest } from 'fastify';
import { STAFF_ERRORS } from '../../shared/central-api/staff.ts';
import { HOUSE_ERRORS } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StaffMember } from '../../shared/domain/staff.ts';
import type { Caller } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { activeStaff } from '../staff/staff-store.ts';
import { isPresentIdentity } from '../store/identity-version.ts';
import type { Database } from '../store/schema.ts';
import { findTerminal, standingOf } from '../terminals/terminal-store.ts';
import { SESSION_OVER } from './session-over.ts';
import { sendFailure, type TmfFailure, UNAUTHENTICATED } from './tmf-failure.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null: this path asks for no token. */
    caller: Caller | null;
    /** The body as it came, for its fingerprint. */
    bodyBytes: Buffer | null;
  }
}

const STAFF_REFUSED: TmfFailure = {
  ...UNAUTHENTICATED,
  code: STAFF_ERRORS.staffRefused,
  reason: 'The member of staff does not work here any more',
};
export const TERMINAL_REVOKED: TmfFailure = {
  ...UNAUTHENTICATED,
  code: HOUSE_ERRORS.terminalRevoked,
  reason: 'The terminal was taken out of service',
};

/**
 * Every route of this instance, and what it does not know, is closed to requests without a valid access token. Whether
 * the terminal that it was given to is in service, staff whose token it is still work at that shop, and a customer still
 * has the ID and the password that signed in, is looked up each time, so that a change of any of them works at once.
 */
export function requireToken(app: FastifyInstance, { db, tokens }: { db: Database; tokens: Tokens }): void {
  app.addHook('onRequest', async (request, reply) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token === undefined ? null : await tokens.readAccessToken(token);
    if (caller === null) return sendFailure(reply, UNAUTHENTICATED);
    if (caller.kind !== 'operator') {
      const standing = standingOf(await findTerminal(db, caller.terminal));
      if (standing !== 'active') {
        return sendFailure(reply, standing === 'revoked' ? TERMINAL_REVOKED : UNAUTHENTICATED);
      }
    }
    const present = await asOfNow(db, caller);
    if (!present.ok) return sendFailure(reply, present.error);
    request.caller = present.value;
  });
}

/** Staff who don't work at that shop any more are refused; what others may is by the role that they have now. */
async function asOfNow(db: Database, caller: Caller): Promise<Result<Caller, TmfFailure>> {
  switch (caller.kind) {
    case 'staff': {
      const member = await memberOf(db, caller.number, caller.shop);
      return member === null ? err(STAFF_REFUSED) : ok({ ...caller, role: member.role });
    }
    case 'customer': {
      const { staff, shop, customerNumber, sessionId, identityVersion: version } = caller;
      if (staff !== null)
        return (await memberOf(db, staff.staffNumber, shop)) === null ? err(STAFF_REFUSED) : ok(caller);
      const customer = await db
        .selectFrom('customers')
        .select(['identity_version', 'identity_session'])
        .where('number', '=', customerNumber)
        .executeTakeFirst();
      const isPresent =
        customer !== undefined && version !== null && isPresentIdentity(customer, { version, sessionId });
      return isPresent ? ok(caller) : err(SESSION_OVER);
    }
    case 'terminal':
    case 'operator':
      return ok(caller);
  }
}

async function memberOf(db: Database, number: string, shop: string): Promise<StaffMember | null> {
  const member = await activeStaff(db, number);
  return member?.shop === shop ? member : null;
}

/** Throws on a route without requireToken: a mistake in the wiring, never in a request. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`${request.routeOptions.url ?? ''} asks for no token`);
  return request.caller;
}

/** An operator whose token is not for reading only. */
export const mayWrite = (caller: Caller): boolean => caller.kind === 'operator' && caller.mayWrite;
