import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { staffRecordSchema } from '../../shared/central-api/staff.ts';
import { staffNumberSchema } from '../../shared/domain/staff.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { callerOf, mayWrite } from '../http/authentication.ts';
import { badRequest, forbidden, sendFailure, unprocessable } from '../http/tmf-failure.ts';
import { hashPassword } from '../identity/sign-in.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';

/** Operators say who works in which shop. PINs are set, never read. */
export function staffAdministrationRoutes(
  app: FastifyInstance,
  { db, clocks }: { readonly db: Database; readonly clocks: Clocks },
): void {
  app.put<{ Params: { number: string } }>(`${CENTRAL_PATHS.operatorStaff}/:number`, async (request, reply) => {
    const caller = callerOf(request);
    if (!mayWrite(caller)) return sendFailure(reply, forbidden('Operators say who works in a shop'));
    const number = staffNumberSchema.safeParse(request.params.number);
    const asked = staffRecordSchema.safeParse(request.body);
    if (!number.success || !asked.success) {
      return sendFailure(reply, badRequest('A number of 4 to 8 digits, name, role, shop and active are required'));
    }
    const { pin, ...member } = asked.data;
    const pinHash = pin === undefined ? null : await hashPassword(pin);
    const written = await db.transaction().execute(async (transaction) => {
      const changed = await transaction
        .updateTable('staff')
        .set({ ...member, ...(pinHash === null ? {} : { pin_hash: pinHash }) })
        .where('number', '=', number.data)
        .executeTakeFirst();
      const isNew = changed.numUpdatedRows === 0n;
      if (isNew) {
        if (pinHash === null) return err(unprocessable('pin-missing', 'Who is new has a PIN'));
        await transaction
          .insertInto('staff')
          .values({ number: number.data, ...member, pin_hash: pinHash })
          .execute();
      }
      await writeAudit(transaction, caller, clocks.system(), {
        action: isNew ? 'create' : 'change',
        resource: 'staff',
        resourceId: number.data,
        customerNumber: null,
        detail: member.active ? `${member.role} of ${member.shop}` : 'inactive',
      });
      return ok({ number: number.data, ...member });
    });
    return written.ok ? reply.send(written.value) : sendFailure(reply, written.error);
  });
}
