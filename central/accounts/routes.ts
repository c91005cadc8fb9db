import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  cableIdRequestSchema,
  IDENTITY_TYPES,
  passwordChangeRequestSchema,
  passwordIssueRequestSchema,
  passwordRevocationSchema,
  PORTAL_IDENTITY,
  type TmfDigitalIdentity,
} from '../../shared/central-api/accounts.ts';
import { customerParty } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf } from '../http/authentication.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { type IdentityRow, listedAccounts } from './account-store.ts';
import { addCableId } from './add-cable-id.ts';
import type { ChangePassword } from './change-password.ts';
import { type IssueContext, issueNewPassword, revokeIssuedPassword } from './issue-password.ts';
import type { ProvePresent } from './prove-present.ts';

/** TMF720, for reading, and the house API that issues passwords. */
export function accountRoutes(
  app: FastifyInstance,
  context: ReadContext &
    IssueContext & { changePassword: ChangePassword; provePresent: ProvePresent; onMail: () => void },
): void {
  readRoutes(app, context, {
    name: 'digitalIdentity',
    path: CENTRAL_PATHS.digitalIdentity,
    listed: listedAccounts,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: toTmf,
  });

  app.post(CENTRAL_PATHS.passwordIssues, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer')
      return sendFailure(reply, forbidden('Passwords are issued in a customer’s session'));
    const asked = passwordIssueRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, attempt, accountId and language are required'));
    const issued = await issueNewPassword(context, caller, asked.data);
    if (!issued.ok) return sendFailure(reply, issued.error);
    context.onMail();
    return reply.code(201).header('cache-control', 'no-store').send(issued.value);
  });

  app.post(CENTRAL_PATHS.passwordChanges, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer' || caller.staff !== null) {
      return sendFailure(reply, forbidden('Customers who signed in themselves change their passwords'));
    }
    const asked = passwordChangeRequestSchema.safeParse(request.body);
    if (!asked.success) {
      return sendFailure(reply, badRequest('id, accountId, present, next and language are required'));
    }
    const changed = await context.changePassword(caller, asked.data);
    if (!changed.ok) return sendFailure(reply, changed.error);
    context.onMail();
    return reply.send(changed.value);
  });

  app.post(CENTRAL_PATHS.cableIds, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer' || caller.staff !== null) {
      return sendFailure(reply, forbidden('Customers who signed in themselves add IDs'));
    }
    const asked = cableIdRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('id, accountId, present and language are required'));
    const added = await addCableId(context, caller, asked.data);
    if (!added.ok) return sendFailure(reply, added.error);
    context.onMail();
    return reply.code(201).send(added.value);
  });

  app.post<{ Params: { id: string } }>(`${CENTRAL_PATHS.passwordIssues}/:id/revocation`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal')
      return sendFailure(reply, forbidden('The terminal that it was issued at revokes it'));
    const id = z.uuid().safeParse(request.params.id);
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = passwordRevocationSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('attempt is required'));
    const revoked = await revokeIssuedPassword(context, caller, { id: id.data, attempt: asked.data.attempt });
    return revoked.ok ? reply.send({ id: id.data }) : sendFailure(reply, revoked.error);
  });
}

function toTmf(row: IdentityRow, href: string): TmfDigitalIdentity & Resource {
  return {
    id: row.id,
    href,
    nickname: row.login,
    status: 'active',
    relatedParty: [customerParty(row.customer_number)],
    '@type': row.kind === 'portal' ? PORTAL_IDENTITY : IDENTITY_TYPES[row.kind],
    '@baseType': 'DigitalIdentity',
  };
}
