import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  CUSTOMER_SEARCH_FIELDS,
  customerSearchFieldSchema,
  STAFF_ERRORS,
  staffCustomerSessionRequestSchema,
  staffSignInRequestSchema,
  type StaffSignInResponse,
} from '../../shared/central-api/staff.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, sendFailure, type TmfFailure } from '../http/tmf-failure.ts';
import { openSession } from '../identity/sign-in.ts';
import { STAFF_TOKEN_SECONDS, type Tokens } from '../identity/tokens.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import { searchCustomers, searchFor } from './customer-search.ts';
import type { VerifyStaff } from './verify-staff.ts';

const CUSTOMER_UNKNOWN: TmfFailure = {
  status: 404,
  code: STAFF_ERRORS.customerUnknown,
  reason: 'There is no customer with that number',
};
const STAFF_ONLY = forbidden('Staff who signed in at a terminal may do that');

const searchParametersSchema = z.partialRecord(customerSearchFieldSchema, z.string().max(100));

/** The house API, for staff at a terminal. */
export function staffRoutes(
  app: FastifyInstance,
  { db, clocks, tokens, verifyStaff }: { db: Database; clocks: Clocks; tokens: Tokens; verifyStaff: VerifyStaff },
): void {
  app.post(CENTRAL_PATHS.staffSignIn, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Staff sign in at terminals'));
    const asked = staffSignInRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('number and pin are required'));
    const verified = await verifyStaff(asked.data, caller);
    if (!verified.ok) return sendFailure(reply, verified.error);
    const member = verified.value;
    const { number, role, shop } = member;
    const staff = { kind: 'staff', number, role, terminal: caller.terminal, shop } as const;
    await writeAudit(db, staff, clocks.system(), {
      action: 'create',
      resource: 'staffSession',
      resourceId: null,
      customerNumber: null,
    });
    const answer: StaffSignInResponse = {
      accessToken: await tokens.forStaff(staff),
      expiresInSeconds: STAFF_TOKEN_SECONDS,
      staff: member,
      attestation: await tokens.attestation(staff),
    };
    return reply.header('cache-control', 'no-store').send(answer);
  });

  app.get(CENTRAL_PATHS.staffCustomers, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff') return sendFailure(reply, STAFF_ONLY);
    const parameters = searchParametersSchema.safeParse(request.query);
    const [given, ...others] = parameters.success
      ? CUSTOMER_SEARCH_FIELDS.flatMap((field) => {
          const typed = parameters.data[field];
          return typed === undefined ? [] : [{ field, typed }];
        })
      : [];
    if (given === undefined || others.length > 0) {
      return sendFailure(reply, badRequest(`Exactly one of ${CUSTOMER_SEARCH_FIELDS.join(', ')} is required`));
    }
    const search = searchFor(given.field, given.typed);
    const found = search === null ? { customers: [], hasMore: false } : await searchCustomers(db, search);
    await writeAudit(db, caller, clocks.system(), {
      action: 'read',
      resource: 'customer',
      resourceId: null,
      customerNumber: found.customers.length === 1 ? (found.customers[0]?.number ?? null) : null,
      detail: `search by ${given.field}`,
    });
    return reply.header('cache-control', 'no-store').send(found);
  });

  app.post(CENTRAL_PATHS.staffCustomerSessions, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'staff') return sendFailure(reply, STAFF_ONLY);
    const asked = staffCustomerSessionRequestSchema.safeParse(request.body);
    if (!asked.success) {
      return sendFailure(reply, badRequest('customerNumber, sessionId and identityMethod are required'));
    }
    const { customerNumber, sessionId, identityMethod } = asked.data;
    const { terminal, shop, number: staffNumber } = caller;
    const opened = await db.transaction().execute(async (transaction) => {
      const customer = await transaction
        .selectFrom('customers')
        .select('number')
        .where('number', '=', customerNumber)
        .executeTakeFirst();
      if (customer === undefined) return err(CUSTOMER_UNKNOWN);
      await writeInteraction(transaction, clocks.business(), {
        customerNumber,
        shop,
        terminal,
        staffNumber,
        sessionId,
        orderId: null,
        visit: { kind: 'customer-opened-by-staff', identityMethod },
      });
      await writeAudit(transaction, caller, clocks.system(), {
        action: 'create',
        resource: 'session',
        resourceId: sessionId,
        customerNumber,
        detail: identityMethod,
      });
      return ok(undefined);
    });
    if (!opened.ok) return sendFailure(reply, opened.error);
    const session = await openSession(tokens, {
      kind: 'customer',
      customerNumber,
      terminal,
      shop,
      sessionId,
      staff: { staffNumber, identityMethod },
      identityVersion: null,
    });
    return reply.header('cache-control', 'no-store').send(session);
  });
}
