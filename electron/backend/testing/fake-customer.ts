import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { offeringToTmf } from '../../../shared/central-api/product-catalog.ts';
import { contractToTmf } from '../../../shared/central-api/product-inventory.ts';
import { findOffering } from '../../../shared/domain/catalog.ts';
import { demo, realCatalog as catalog } from '../../../tests/builders/demo.ts';
import type { FakeCentral } from './fake-central.ts';

const NUMBER = '1000000003';

/** Puts the real catalog and demo customer 3 behind the scripted central. */
export function serveCustomer(central: FakeCentral): void {
  const jiro = demo.customers.find((customer) => customer.number === NUMBER);
  if (jiro === undefined) throw new Error('no demo customer 3');
  const offerings = catalog.offerings.map((offering) =>
    offeringToTmf(offering, '2026-10-01T00:00:00+09:00', (_kind, id) => `/${id}`),
  );
  const page = (all: readonly unknown[]) => (url: URL) => {
    const offset = Number(url.searchParams.get('offset') ?? 0);
    const limit = Math.min(40, Number(url.searchParams.get('limit') ?? 40));
    return { status: 200, json: all.slice(offset, offset + limit), headers: { 'x-total-count': String(all.length) } };
  };
  const products = jiro.contracts.map((contract) => {
    const offering = findOffering(catalog, contract.offeringId);
    return contractToTmf(
      {
        id: contract.id,
        offeringId: contract.offeringId,
        name: offering?.name.ja ?? contract.offeringId,
        group: offering?.group ?? 'other',
        status: 'active',
        monthlyYen: contract.monthlyYen ?? offering?.monthlyYen ?? 0,
        startedOn: '2025-04-01',
        term: null,
        provision: contract.provision ?? null,
        feeFrom: null,
        changePending: false,
      },
      NUMBER,
      `/${contract.id}`,
    );
  });
  const one = (json: unknown) => () => ({ status: 200, json });
  central.routes.set(`GET ${CENTRAL_PATHS.catalog}`, () => ({
    status: 200,
    json: [{ id: 'catalog', name: 'catalog', version: catalog.version, lastUpdate: '2026-10-01T00:00:00+09:00' }],
    headers: { etag: `"${catalog.version}"` },
  }));
  central.routes.set(`GET ${CENTRAL_PATHS.productOffering}`, page(offerings.map(({ offering }) => offering)));
  central.routes.set(`GET ${CENTRAL_PATHS.productOfferingPrice}`, page(offerings.flatMap(({ prices }) => prices)));
  central.routes.set(`GET ${CENTRAL_PATHS.product}`, page(products));
  central.routes.set(
    `GET ${CENTRAL_PATHS.customer}/${NUMBER}`,
    one({ id: NUMBER, name: '鈴木次郎', engagedParty: { id: 'p-3', '@referredType': 'Individual' } }),
  );
  central.routes.set(`GET ${CENTRAL_PATHS.individual}/p-3`, one({ id: 'p-3', fullName: '鈴木次郎' }));
  central.routes.set(`POST ${CENTRAL_PATHS.signIn}`, (_url, body) => {
    const given = z.object({ loginId: z.string(), password: z.string() }).parse(JSON.parse(body));
    return given.loginId === jiro.loginId && given.password === demo.password
      ? {
          status: 200,
          json: {
            accessToken: 'customer-token',
            expiresInSeconds: 1800,
            submissionGrant: 'grant',
            customerNumber: NUMBER,
          },
        }
      : { status: 401, json: { code: 'sign-in-refused', reason: 'refused' } };
  });
}
