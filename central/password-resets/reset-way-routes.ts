import type { FastifyInstance } from 'fastify';
import { resetWayRecordSchema } from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf, mayWrite } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';

/** Operators say which way a customer replaces a forgotten password. */
export function resetWayRoutes(
  app: FastifyInstance,
  { db, clocks }: { readonly db: Database; readonly clocks: Clocks },
): void {
  app.put<{ Params: { number: string } }>(
    `${CENTRAL_PATHS.operatorCustomer}/:number/password-reset`,
    async (request, reply) => {
      const caller = callerOf(request);
      if (!mayWrite(caller)) return sendFailure(reply, forbidden('Operators say how passwords are reset'));
      const asked = resetWayRecordSchema.safeParse(request.body);
      if (!asked.success) return sendFailure(reply, badRequest('way is required'));
      const { number } = request.params;
      const isKnown = await db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('customers')
          .set({ reset_way: asked.data.way })
          .where('number', '=', number)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await writeAudit(transaction, caller, clocks.system(), {
          ...{ action: 'change', resource: 'customer', resourceId: number, customerNumber: number },
          detail: `passwords are reset by ${asked.data.way}`,
        });
        return true;
      });
      return isKnown ? reply.send(asked.data) : sendFailure(reply, NOT_FOUND);
    },
  );
}
