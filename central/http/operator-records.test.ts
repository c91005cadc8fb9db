import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const resourceSchema = z.looseObject({ id: z.string(), href: z.string() });

/** Minimal bodies after TMF632 and TMF637, and what every row must carry. */
const KINDS = [
  {
    path: CENTRAL_PATHS.individual,
    body: { familyName: '見本', givenName: '花' },
    attributes: ['familyName', 'givenName', 'fullName', 'status'],
    filter: 'familyName',
  },
  {
    path: CENTRAL_PATHS.organization,
    body: { tradingName: '見本商店' },
    attributes: ['tradingName', 'status'],
    filter: 'tradingName',
  },
  {
    path: CENTRAL_PATHS.product,
    body: { status: 'created' },
    attributes: [
      ...['billingAccount', 'productCharacteristic', 'productOffering', 'productPrice', 'relatedParty', 'status'],
    ],
    filter: 'status',
  },
] as const;

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])("operators' records on %s", (store) => {
  /** null: PGlite, which nobody else can open meanwhile. */
  let url: string | null;
  let central: TestCentral;
  let write: string;
  let read: string;

  beforeAll(async () => {
    url = store === 'postgres' ? await createTestDatabase('records') : null;
    central = await startTestCentral(url);
    write = await central.tokens.forOperator(['tmf.write']);
    read = await central.tokens.forOperator(['tmf.read']);
  });
  afterAll(() => central.dispose());

  const post = (path: string, body: unknown, token = write) => call(`${central.url}${path}`, { token, body });
  const patch = (path: string, id: string, body: unknown, token = write) =>
    call(`${central.url}${path}/${id}`, { token, method: 'PATCH', body });
  const get = async (path: string, token = read) => (await call(`${central.url}${path}`, { token })).json();
  const list = async (path: string, token = read) => z.array(resourceSchema).parse(await get(path, token));
  const made = async (path: string, body: unknown) => resourceSchema.parse((await post(path, body)).json());

  it.each(KINDS)('creates $path from a minimal body and shows it as every other row', async (kind) => {
    const answer = await post(kind.path, kind.body);
    expect(answer.status, answer.text).toBe(201);
    const created = resourceSchema.parse(answer.json());
    expect(created).toMatchObject(kind.body);
    expect(answer.headers.get('location')).toBe(created.href);
    expect(await get(`${kind.path}/${created.id}`)).toEqual(created);
    const rows = await list(kind.path);
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining([...kind.attributes]));
    const value = z.string().parse(created[kind.filter]);
    const found = await list(`${kind.path}?${kind.filter}=${encodeURIComponent(value)}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row[kind.filter] === value)).toBe(true);
    expect(Object.keys((await list(`${kind.path}?fields=${kind.filter}`))[0] ?? {}).toSorted()).toEqual(
      ['href', 'id', kind.filter].toSorted(),
    );
  });

  it('takes attributes in their published form only, and tells each party’s type', async () => {
    const order = { productOrderItem: [{ id: '1', action: 'add' }] };
    const named = { relatedParty: [{ id: 'x', role: 'customer' }] };
    const wrong = {
      [CENTRAL_PATHS.productOffering]: [
        { statusReason: 5 },
        { channel: [{}] },
        { productSpecification: 'x' },
        { place: [{ id: 'x', name: 5 }] },
        { productOfferingTerm: [{ duration: { amount: 1.5 } }] },
        { channel: [{ id: 'x', href: 'x' }] },
      ],
      [CENTRAL_PATHS.category]: [{ '@schemaLocation': 'x' }, { subCategory: {} }],
      [CENTRAL_PATHS.product]: [
        { startDate: 'today' },
        { isBundle: 'no' },
        { productOrderItem: [{ id: '1' }] },
        { productTerm: [{ validFor: { endDateTime: 'soon' } }] },
        { product: [{ productOrderItem: [{ orderItemId: '1' }] }] },
        { productRelationship: [{ relationshipType: 'x', product: { status: 'asleep' } }] },
      ],
      [CENTRAL_PATHS.individual]: [
        ...[{ title: null }, { skill: ['x'] }, { skill: [{ skillCode: 5 }] }],
        { contactMedium: [{ mediumType: 'email', characteristic: { emailAddress: {} } }] },
      ],
      [CENTRAL_PATHS.organization]: [{ existsDuring: [] }],
      [CENTRAL_PATHS.productOrder]: [
        { note: 'x' },
        { note: [{ text: 'x', author: {} }] },
        { priority: 1 },
        { billingAccount: {} },
        { quote: [{}] },
        { productOrderItem: [{ id: '1', action: 'add', itemTerm: [{ duration: { units: 5 } }] }] },
        { productOrderItem: [{ id: '1', action: 'add', product: { relatedParty: [{ id: 'x' }] } }] },
      ],
    };
    const bodies = [...KINDS, { path: CENTRAL_PATHS.productOrder, body: order }];
    const minimal = (path: string) => bodies.find((kind) => kind.path === path)?.body ?? { name: 'Draft' };
    for (const [path, attributes] of Object.entries(wrong)) {
      const before = await list(path);
      for (const one of attributes) {
        const answer = await post(path, { ...minimal(path), ...one });
        expect([answer.status, answer.json()], JSON.stringify(one)).toMatchObject([400, { '@type': 'Error' }]);
      }
      expect(await list(path)).toEqual(before);
    }
    for (const { path, body } of bodies) {
      expect(await made(path, { ...body, ...named })).toMatchObject({ relatedParty: [{ '@referredType': 'Party' }] });
    }
    const { id } = await made(CENTRAL_PATHS.productOffering, { name: 'Draft', statusReason: 'new' });
    expect((await patch(CENTRAL_PATHS.productOffering, id, { statusReason: 5 })).status).toBe(400);
    const ordered = await made(CENTRAL_PATHS.productOrder, order);
    const noted = (date: unknown) => patch(CENTRAL_PATHS.productOrder, ordered.id, { note: [{ text: 'x', date }] });
    expect([(await noted(5)).status, (await noted('2026-11-18T12:00:00+09:00')).status]).toEqual([400, 200]);
  });

  it('keeps attributes without a rule as they were sent, and merges a patch', async () => {
    const body = { familyName: '見本', givenName: '太郎', '@type': 'Individual', nationality: 'JP', title: '様' };
    const { id } = await made(CENTRAL_PATHS.individual, body);
    const patched = await patch(CENTRAL_PATHS.individual, id, { title: null, givenName: '次郎' });
    expect(patched.json()).toMatchObject({ nationality: 'JP', fullName: '見本 次郎' });
    expect(patched.json()).not.toHaveProperty('title');
    expect(await get(`${CENTRAL_PATHS.individual}/${id}`)).toEqual(patched.json());
  });

  it.skipIf(store === 'pglite')(
    'lets what was kept before there was a form be, and judges what a patch says',
    async () => {
      const { id } = await made(CENTRAL_PATHS.individual, { ...KINDS[0].body, title: '様' });
      const client = new pg.Client({ connectionString: url ?? '' });
      await client.connect();
      await client.query(`update individuals set request = jsonb_set(request, '{skill}', '["x"]') where id = $1`, [id]);
      await client.end();
      const renamed = await patch(CENTRAL_PATHS.individual, id, { givenName: '次郎' });
      expect([renamed.status, renamed.json()]).toMatchObject([200, { givenName: '次郎', skill: ['x'], title: '様' }]);
      expect((await patch(CENTRAL_PATHS.individual, id, { skill: ['y'] })).status).toBe(400);
      expect((await patch(CENTRAL_PATHS.individual, id, { skill: null })).status).toBe(200);
    },
  );

  it.each([
    [CENTRAL_PATHS.individual, KINDS[0].body, 'initialized', 'validated', 'deceaded'],
    [CENTRAL_PATHS.organization, KINDS[1].body, 'initialized', 'validated', 'closed'],
    [CENTRAL_PATHS.product, KINDS[2].body, 'created', 'active', 'terminated'],
  ])('moves a status of %s only along its chart', async (path, body, first, next, last) => {
    const { id } = await made(path, body);
    const move = async (status: string) => (await patch(path, id, { status })).status;
    expect([await move(next), await move(first), await move(last), await move(next), await move(last)]).toEqual([
      200, 409, 200, 409, 200,
    ]);
    expect(await move('unheard-of')).toBe(400);
    expect(await get(`${path}/${id}`)).toMatchObject({ status: last });
  });

  it("makes a known customer's product of a known offering a contract, as the customer and the quote see it", async () => {
    const body = {
      status: 'active',
      name: 'かっとびワイド',
      productOffering: { id: 'internet.wide' },
      relatedParty: [{ id: '1000000006', role: 'customer', '@referredType': 'Customer' }],
      productPrice: [{ priceType: 'recurring', price: { taxIncludedAmount: { unit: 'JPY', value: 5060 } } }],
    };
    const { id } = await made(CENTRAL_PATHS.product, body);
    const goro = await signIn(central.url, 'goro@example.jp');
    const catalog = await readCatalog(central.url, goro.accessToken);
    const { contracts } = await readCustomer(central.url, goro, catalog);
    expect(contracts).toMatchObject([{ id, offeringId: 'internet.wide', monthlyYen: 5060, status: 'active' }]);
    expect((await patch(CENTRAL_PATHS.product, id, { status: 'terminated' })).status).toBe(403);
  });

  it('shows what it recorded to operators only', async () => {
    const recorded = await made(CENTRAL_PATHS.product, {
      status: 'active',
      relatedParty: [{ id: 'nobody', role: 'customer' }],
    });
    const person = await made(CENTRAL_PATHS.individual, KINDS[0].body);
    const taro = await signIn(central.url, 'taro@example.jp');
    for (const [path, id] of [
      [CENTRAL_PATHS.product, recorded.id],
      [CENTRAL_PATHS.individual, person.id],
    ] as const) {
      expect((await list(path, taro.accessToken)).map((row) => row.id)).not.toContain(id);
      expect((await call(`${central.url}${path}/${id}`, { token: taro.accessToken })).status).toBe(404);
    }
    expect((await call(`${central.url}${CENTRAL_PATHS.organization}`, { token: taro.accessToken })).status).toBe(403);
  });

  it('is written by operators who may, and by nobody else', async () => {
    const taro = await signIn(central.url, 'taro@example.jp');
    const before = await list(CENTRAL_PATHS.individual);
    for (const token of [read, taro.accessToken, taro.terminalToken]) {
      for (const { path, body } of KINDS) {
        expect((await post(path, body, token)).status).toBe(403);
        expect((await patch(path, 'any', body, token)).status).toBe(403);
      }
    }
    const customer = `individual-${taro.customerNumber}`;
    expect((await patch(CENTRAL_PATHS.individual, customer, { givenName: 'x' })).status).toBe(403);
    expect((await patch(CENTRAL_PATHS.individual, 'unknown', { givenName: 'x' })).status).toBe(404);
    expect(await list(CENTRAL_PATHS.individual)).toEqual(before);
  });

  it('answers any body with 201 or a TMF error, and writes nothing with an error (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KINDS), fc.jsonValue({ maxDepth: 3 }), async ({ path, body }, junk) => {
        const sent = typeof junk === 'object' && junk !== null && !Array.isArray(junk) ? { ...body, ...junk } : junk;
        const count = async () => (await list(`${path}?limit=1000`)).length;
        const before = await count();
        const answer = await post(path, JSON.stringify(sent));
        expect([201, 400]).toContain(answer.status);
        if (answer.status !== 201) expect(answer.json()).toMatchObject({ '@type': 'Error', status: '400' });
        expect(await count()).toBe(before + (answer.status === 201 ? 1 : 0));
      }),
      { numRuns: 40 },
    );
  });
});
