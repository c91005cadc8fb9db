import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { callerOf } from '../http/authentication.ts';
import { type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { takeOutOfService } from './take-out-of-service.ts';
import { findTerminal, listedTerminals, type TerminalRecord } from './terminal-store.ts';

/** The operator's view of the fleet, and its way to take a terminal out of service. */
export function terminalAdministrationRoutes(app: FastifyInstance, context: ReadContext): void {
  const { db, clocks, publicUrl } = context;
  readRoutes(app, context, {
    name: 'terminal',
    path: CENTRAL_PATHS.operatorTerminal,
    listed: listedTerminals,
    scope: (caller) => (caller.kind === 'operator' ? ok([]) : err(forbidden('Operators see the terminals'))),
    ownerOf: () => null,
    render: toResource,
  });

  app.post<{ Params: { code: string } }>(
    `${CENTRAL_PATHS.operatorTerminal}/:code/revocation`,
    async (request, reply) => {
      const caller = callerOf(request);
      if (caller.kind !== 'operator' || !caller.mayWrite) {
        return sendFailure(reply, forbidden('Operators take terminals out of service'));
      }
      const { code } = request.params;
      await takeOutOfService(db, clocks, { code, by: caller.subject, actor: caller });
      const terminal = await findTerminal(db, code);
      if (terminal === null) return sendFailure(reply, NOT_FOUND);
      return reply.send(
        toResource(terminal, `${publicUrl()}${CENTRAL_PATHS.operatorTerminal}/${encodeURIComponent(code)}`),
      );
    },
  );
}

function toResource(row: TerminalRecord, href: string): Resource {
  return {
    id: row.code,
    href,
    shop: row.shop,
    approvedBy: row.approved_by,
    enrolledAt: row.enrolled_at?.toISOString() ?? null,
    sharedKeySeenAt: row.shared_key_seen_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedBy: row.revoked_by,
    '@type': 'Terminal',
  };
}
