import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { callerOf, mayWrite } from '../http/authentication.ts';
import { badRequest, forbidden, sendFailure } from '../http/tmf-failure.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';

const shopIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/);
/** As slips print them. */
export const shopRecordSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  phone: z.string().regex(/^\+?\d[\d-]{7,19}$/),
});

/** Operators say which shops there are. None is ever removed: receipts and orders name it. */
export function shopAdministrationRoutes(
  app: FastifyInstance,
  { db, clocks }: { readonly db: Database; readonly clocks: Clocks },
): void {
  app.put<{ Params: { id: string } }>(`${CENTRAL_PATHS.operatorShop}/:id`, async (request, reply) => {
    const caller = callerOf(request);
    if (!mayWrite(caller)) return sendFailure(reply, forbidden('Operators say which shops there are'));
    const id = shopIdSchema.safeParse(request.params.id);
    const asked = shopRecordSchema.safeParse(request.body);
    if (!id.success || !asked.success) {
      return sendFailure(reply, badRequest('An ID of letters, digits and hyphens, name and phone are required'));
    }
    const shop = { id: id.data, ...asked.data };
    await db.transaction().execute(async (transaction) => {
      const added = await transaction
        .insertInto('shops')
        .values(shop)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      const isNew = added.numInsertedOrUpdatedRows !== 0n;
      if (!isNew) await transaction.updateTable('shops').set(asked.data).where('id', '=', shop.id).execute();
      await writeAudit(transaction, caller, clocks.system(), {
        action: isNew ? 'create' : 'change',
        resource: 'shop',
        resourceId: shop.id,
        customerNumber: null,
      });
    });
    return reply.send(shop);
  });
}
