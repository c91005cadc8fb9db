import type { FastifyInstance } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { qualificationRequestSchema } from '../../shared/central-api/qualification.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { callerOf } from '../http/authentication.ts';
import type { ReadContext } from '../http/read-routes.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { writeAudit } from '../store/audit.ts';
import { notServedAt } from './lines-at-address.ts';

/** TMF679, answered at once (instantSyncQualification) and not kept: it follows from the address and the catalog. */
export function qualificationRoutes(app: FastifyInstance, context: ReadContext & { readonly catalog: Catalog }): void {
  const { db, clocks, catalog, publicUrl } = context;
  const path = CENTRAL_PATHS.productOfferingQualification;
  app.post(path, async (request, reply) => {
    const caller = callerOf(request);
    const body = qualificationRequestSchema.safeParse(request.body);
    if (!body.success) return sendFailure(reply, badRequest('A qualification names its customer and its offerings'));
    const number = body.data.relatedParty.find((party) => (party.role ?? 'customer').toLowerCase() === 'customer')?.id;
    const isOwn = caller.kind === 'customer' && caller.customerNumber === number;
    if (!isOwn && caller.kind !== 'operator') {
      return sendFailure(reply, forbidden('Customers are seen only in their own sessions'));
    }
    const customer = await db
      .selectFrom('customers')
      .select('address')
      .where('number', '=', number ?? '')
      .executeTakeFirst();
    if (customer === undefined) return sendFailure(reply, NOT_FOUND);
    await writeAudit(db, caller, clocks.system(), {
      action: 'read',
      resource: 'productOfferingQualification',
      resourceId: null,
      customerNumber: number ?? null,
    });
    const notServed = await notServedAt(db, catalog, customer.address);
    const id = uuidv7();
    const items = body.data.productOfferingQualificationItem.map((item) => {
      const isKnown = findOffering(catalog, item.productOffering.id) !== undefined;
      const isRefused = !isKnown || (notServed?.includes(item.productOffering.id) ?? false);
      return {
        ...item,
        state: 'done',
        qualificationItemResult: isRefused ? 'unqualified' : notServed === null ? 'conditional' : 'qualified',
        ...(isRefused
          ? { eligibilityUnavailabilityReason: [{ code: isKnown ? 'not-at-address' : 'unknown-offering' }] }
          : {}),
      };
    });
    const href = `${publicUrl()}${path}/${id}`;
    return reply
      .code(201)
      .header('location', href)
      .send({
        ...body.data,
        id,
        href,
        state: 'done',
        productOfferingQualificationItem: items,
        '@type': 'ProductOfferingQualification',
      });
  });
}
