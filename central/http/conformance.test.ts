import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const time = z.iso.datetime({ offset: true });
const party = z.looseObject({ id: z.string(), href: z.string().optional() });
const references = z.array(z.looseObject({ id: z.string() }));
const common = { id: z.string(), href: z.url(), '@type': z.string() };
const catalogCommon = {
  ...common,
  name: z.string(),
  version: z.string(),
  lastUpdate: time,
  lifecycleStatus: z.string(),
};

/** What conformance kits send at the least, what every row must carry, and by what they filter; `own`: no draft. */
const RESOURCES = [
  {
    path: CENTRAL_PATHS.catalog,
    own: 'catalog',
    body: { name: 'Draft' },
    row: z.looseObject(catalogCommon),
    filters: ['id', 'href', 'name', 'version', 'lastUpdate', 'lifecycleStatus', '@type'],
  },
  {
    path: CENTRAL_PATHS.category,
    own: 'internet',
    body: { name: 'Draft, with a comma' },
    row: z.looseObject({ ...catalogCommon, isRoot: z.boolean() }),
    filters: ['id', 'href', 'name', 'version', 'lastUpdate', 'lifecycleStatus', 'isRoot'],
  },
  {
    path: CENTRAL_PATHS.productSpecification,
    own: 'internet-course',
    body: { name: 'Draft' },
    row: z.looseObject({ ...catalogCommon, isBundle: z.boolean() }),
    filters: ['id', 'href', 'name', 'version', 'lastUpdate', 'lifecycleStatus', 'isBundle'],
  },
  {
    path: CENTRAL_PATHS.productOffering,
    own: 'internet.wide',
    body: { name: 'Draft' },
    row: z.looseObject({ ...catalogCommon, isBundle: z.boolean(), isSellable: z.boolean() }),
    filters: ['id', 'href', 'name', 'version', 'lastUpdate', 'lifecycleStatus', 'isBundle', 'isSellable'],
  },
  {
    path: CENTRAL_PATHS.productOfferingPrice,
    own: 'internet.wide.monthly',
    body: { name: 'Draft', priceType: 'recurring' },
    row: z.looseObject({ ...catalogCommon, priceType: z.string() }),
    filters: ['id', 'href', 'name', 'version', 'lastUpdate', 'lifecycleStatus', 'priceType'],
  },
  {
    path: CENTRAL_PATHS.productOrder,
    own: null,
    body: { productOrderItem: [{ id: '100', action: 'add', productOffering: { id: '14277' } }] },
    row: z.looseObject({
      ...common,
      state: z.string(),
      orderDate: time,
      relatedParty: z.array(party),
      productOrderItem: z.array(z.looseObject({ id: z.string(), action: z.string(), state: z.string() })).min(1),
    }),
    filters: ['id', 'href', 'state', 'orderDate'],
  },
  {
    path: CENTRAL_PATHS.product,
    own: 'c1-bundle',
    body: { status: 'created' },
    row: z.looseObject({
      ...common,
      status: z.string(),
      billingAccount: party,
      productOffering: party,
      productCharacteristic: z.array(z.looseObject({ name: z.string() })),
      productPrice: z.array(z.looseObject({ priceType: z.string() })),
      relatedParty: references,
    }),
    filters: ['id', 'href', 'status'],
  },
  {
    path: CENTRAL_PATHS.individual,
    own: 'individual-1000000001',
    body: { givenName: 'Jane', familyName: 'Lamborgizzia' },
    row: z.looseObject({ ...common, givenName: z.string(), familyName: z.string(), status: z.string() }),
    filters: ['id', 'href', 'givenName', 'familyName', 'fullName', 'status'],
  },
  {
    path: CENTRAL_PATHS.organization,
    own: null,
    body: { tradingName: 'Jane & Co' },
    row: z.looseObject({ ...common, tradingName: z.string(), status: z.string() }),
    filters: ['id', 'href', 'tradingName', 'status'],
  },
] as const;

/** A kit puts values in as they came, its client escapes what would end them: never a plus sign. */
const asKitsPutIt = (value: unknown): string => String(value).replaceAll('&', '%26');

const DELETABLE = RESOURCES.filter(({ path }) => path !== CENTRAL_PATHS.productOrder);
const rowsSchema = z.array(z.looseObject({ id: z.string(), href: z.string() }));

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('as conformance kits see it, on %s', (store) => {
  let central: TestCentral;
  let token: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('kits') : null);
    token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
  });
  afterAll(() => central.dispose());

  const get = (path: string) => call(`${central.url}${path}`, { token });
  const rows = async (path: string) => rowsSchema.parse((await get(path)).json());
  const post = async (path: string, body: unknown) => {
    const answer = await call(`${central.url}${path}`, { token, body });
    expect(answer.status, answer.text).toBe(201);
    return { answer, resource: z.looseObject({ id: z.string(), href: z.string() }).parse(answer.json()) };
  };

  it.each(RESOURCES)('creates, lists, filters and picks fields of $path', async ({ path, body, row, filters }) => {
    const { answer, resource } = await post(path, body);
    expect(answer.headers.get('location')).toBe(resource.href);
    row.parse(resource);
    expect((await get(`${path}/${resource.id}`)).json()).toEqual(resource);

    const list = await get(`${path}?limit=1000`);
    const all = z.array(row).parse(list.json());
    expect(all.map(({ id }) => id)).toContain(resource.id);
    expect(list.headers.get('x-total-count')).toBe(String(all.length));

    for (const one of [all[0], resource]) {
      for (const filter of filters) {
        const value: unknown = one?.[filter];
        const found = await rows(`${path}?${filter}=${asKitsPutIt(value)}&limit=1000`);
        expect(found, `${filter}=${String(value)}`).not.toEqual([]);
        expect(found.every((other) => other[filter] === value)).toBe(true);
      }
    }
    for (const filter of filters.slice(-2)) {
      const picked = (await rows(`${path}?fields=${filter}`))[0] ?? {};
      expect(Object.keys(picked).toSorted()).toEqual([...new Set(['href', 'id', filter])].toSorted());
      const own = await get(`${path}/${resource.id}?fields=${filter}`);
      expect(own.json()).toEqual({ id: resource.id, href: resource.href, [filter]: resource[filter] });
    }
    const unknown = await get(`${path}/no-such-id`);
    expect([unknown.status, tmfErrorSchema.parse(unknown.json()).status]).toEqual([404, '404']);
  });

  it.each(DELETABLE)('deletes what was put in at $path, and it only', async ({ path, own, body }) => {
    const { resource } = await post(path, body);
    const remove = (id: string) => call(`${central.url}${path}/${id}`, { token, method: 'DELETE' });
    expect(await remove(resource.id)).toMatchObject({ status: 204, text: '' });
    // As clients do that name a type whether they send anything or not.
    const another = (await post(path, body)).resource;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const bare = await fetch(`${central.url}${path}/${another.id}`, { method: 'DELETE', headers });
    expect(bare.status).toBe(204);
    expect((await remove(resource.id)).status).toBe(404);
    expect((await get(`${path}/${resource.id}`)).status).toBe(404);
    if (own !== null) expect((await remove(own)).status).toBe(403);
  });

  it('finds alternatives, times before and after, and whoever an order names', async () => {
    const path = CENTRAL_PATHS.productOrder;
    const make = async (role: string, id: string) => {
      const items = RESOURCES[5].body.productOrderItem;
      return (await post(path, { productOrderItem: items, relatedParty: [{ id, role }] })).resource;
    };
    const early = await make('Customer', 'kit-a');
    central.clocks.advance(60_000);
    const late = await make('Agent', 'kit-b');
    const found = async (query: string) => (await rows(`${path}?${query}`)).map(({ id }) => id);
    expect(await found('relatedParty.id=kit-a')).toEqual([early.id]);
    expect(await found('relatedParty.id=kit-b')).toEqual([late.id]);
    for (const both of ['kit-a,kit-b', 'kit-a;relatedParty.id=kit-b']) {
      expect(await found(`relatedParty.id=${both}&sort=-orderDate`)).toHaveLength(2);
    }
    const at = String(late['orderDate']);
    expect(await found(`orderDate.gte=${at}`)).toEqual([late.id]);
    expect(await found(`orderDate.gt=${at}`)).toEqual([]);
    expect(await found(`orderDate.lt=${at}`)).toContain(early.id);
    expect(await found(`orderDate.lte=${at}`)).toContain(late.id);
    const tokyo = at.replace('Z', '+00:00');
    expect(await found(`orderDate=${tokyo}`)).toEqual([late.id]);
    expect((await get(`${path}?orderDate=yesterday`)).status).toBe(400);
    expect((await get(`${path}?state.gt=held`)).status).toBe(400);
    const dear = await rows(`${CENTRAL_PATHS.productOfferingPrice}?price.value.gte=5000&sort=price.value`);
    expect(dear.map((row) => z.looseObject({ value: z.number() }).parse(row['price']).value >= 5000)).not.toContain(
      false,
    );
    expect(dear.length).toBeGreaterThan(0);
  });

  it('has products of every state', async () => {
    for (const status of ['created', 'pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated']) {
      const { resource } = await post(CENTRAL_PATHS.product, { status });
      const found = await rows(`${CENTRAL_PATHS.product}?status=${status}`);
      expect(found.map(({ id }) => id)).toContain(resource.id);
      expect(found.every((row) => row['status'] === status)).toBe(true);
    }
  });

  it('moves a draft along its life only, and shows it to nobody else than operators', async () => {
    const path = CENTRAL_PATHS.productOffering;
    const { resource } = await post(path, { name: 'Draft', lifecycleStatus: 'In test' });
    const patch = (id: string, body: unknown) =>
      call(`${central.url}${path}/${id}`, {
        ...{ token, method: 'PATCH', body },
        headers: { 'content-type': 'application/merge-patch+json' },
      });
    expect((await patch(resource.id, { lifecycleStatus: 'Retired' })).status).toBe(409);
    central.clocks.advance(1_000);
    const moved = await patch(resource.id, {
      lifecycleStatus: 'Active',
      validFor: { endDateTime: '2027-01-01T00:00:00Z' },
    });
    expect(moved.json()).toMatchObject({
      lifecycleStatus: 'Active',
      validFor: { endDateTime: '2027-01-01T00:00:00Z' },
    });
    expect(moved.json()).not.toMatchObject({ lastUpdate: resource['lastUpdate'] });
    expect(
      (await patch(resource.id, { validFor: { endDateTime: null, startDateTime: '2026-12-01T00:00:00Z' } })).json(),
    ).toMatchObject({ validFor: { startDateTime: '2026-12-01T00:00:00Z' } });
    expect((await patch('internet.wide', { name: 'mine' })).status).toBe(403);
  });
});
