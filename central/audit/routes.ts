import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf } from '../http/authentication.ts';
import { forbidden, sendFailure } from '../http/tmf-failure.ts';
import type { Database } from '../store/schema.ts';
import { verifyAudit } from './verify-audit.ts';

/** For operators: whether the audit log is as it was written. */
export function auditRoutes(app: FastifyInstance, { db }: { readonly db: Database }): void {
  app.get(CENTRAL_PATHS.auditVerification, async (request, reply) => {
    if (callerOf(request).kind !== 'operator') return sendFailure(reply, forbidden('Operators verify the audit log'));
    return reply.header('cache-control', 'no-store').send(await verifyAudit(db));
  });
}
