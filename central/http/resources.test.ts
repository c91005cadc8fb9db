import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, readCatalog, readCustomer, type Session, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { monthlyTotalYen } from '../../shared/domain/quote.ts';

const resourceSchema = z.looseObject({ id: z.string(), href: z.string() });
const listSchema = z.array(resourceSchema);

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('resources on %s', (store) => {
  let central: TestCentral;
  let operator: string;
  let taro: Session;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('resources') : null);
    operator = await central.tokens.forOperator(['tmf.read']);
    taro = await signIn(central.url, 'taro@example.jp');
  });
  afterAll(() => central.dispose());

  const get = (path: string, token = operator, headers: Record<string, string> = {}) =>
    call(`${central.url}${path}`, { token, headers });
  const ids = async (path: string, token = operator): Promise<string[]> =>
    listSchema.parse((await get(path, token)).json()).map(({ id }) => id);

  it("holds the demo customers with the manual's totals", async () => {
    const totals = {
      'taro@example.jp': 14_843,
      'hanako@example.jp': 5_183,
      'jiro@example.jp': 8_657,
      'saburo@example.jp': 9_207,
      'shiro@example.jp': 0,
      'goro@example.jp': 0,
      // No total in the manual: a course, Norton and web filtering at their list prices.
      'rokuro@example.jp': 2_717,
    };
    const catalog = await readCatalog(central.url, operator);
    for (const [loginId, total] of Object.entries(totals)) {
      const { contracts } = await readCustomer(central.url, await signIn(central.url, loginId), catalog);
      expect([loginId, monthlyTotalYen(contracts)]).toEqual([loginId, total]);
    }
  });

  it("shows a customer its own resources and nobody else's", async () => {
    const own = await ids(CENTRAL_PATHS.product, taro.accessToken);
    expect(own).toContain('c1-bundle');
    expect(await ids(`${CENTRAL_PATHS.product}?relatedParty.id=1000000003`, taro.accessToken)).toEqual([]);
    const jiros = await ids(`${CENTRAL_PATHS.product}?relatedParty.id=1000000003`);
    expect(jiros.length).toBeGreaterThan(0);
    for (const path of [
      `${CENTRAL_PATHS.product}/${jiros[0] ?? ''}`,
      `${CENTRAL_PATHS.customer}/1000000003`,
      `${CENTRAL_PATHS.individual}/individual-1000000003`,
    ]) {
      expect((await get(path, taro.accessToken)).status).toBe(404);
      expect((await get(path)).status).toBe(200);
      expect((await get(path, taro.terminalToken)).status).toBe(403);
    }
    expect(await ids(CENTRAL_PATHS.customer, taro.accessToken)).toEqual(['1000000001']);
  });

  it('pages: 200 whole, 206 part, 416 behind the end', async () => {
    const whole = await get(CENTRAL_PATHS.customer);
    const total = Number(whole.headers.get('x-total-count'));
    expect([whole.status, Number(whole.headers.get('x-result-count'))]).toEqual([200, total]);
    const part = await get(`${CENTRAL_PATHS.customer}?offset=1&limit=2`);
    expect([part.status, part.headers.get('x-result-count')]).toEqual([206, '2']);
    const behind = await get(`${CENTRAL_PATHS.customer}?offset=${total}`);
    expect([behind.status, behind.json()]).toMatchObject([416, { '@type': 'Error' }]);
    expect((await get(`${CENTRAL_PATHS.customer}?limit=-1`)).status).toBe(400);
    expect((await get(`${CENTRAL_PATHS.customer}?offset=x`)).status).toBe(400);
    expect((await get(`${CENTRAL_PATHS.customer}?no.such=x`)).status).toBe(400);
    expect((await get(`${CENTRAL_PATHS.customer}?name=%00`)).status).toBe(400);
  });

  it('puts pages together to the whole list, in order, whatever the page size (property)', async () => {
    const lists = [
      { path: CENTRAL_PATHS.product, sort: ['id', '-id', 'status', 'productOffering.id', '-name,id'] },
      { path: CENTRAL_PATHS.productOffering, sort: ['id', '-name', 'isBundle', 'category.id'] },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists.flatMap(({ path, sort }) => sort.map((key) => `${path}?sort=${key}`))),
        fc.integer({ min: 5, max: 60 }),
        async (list, limit) => {
          const whole = await ids(`${list}&limit=1000`);
          const pages: string[] = [];
          for (let offset = 0; offset < whole.length; offset += limit) {
            pages.push(...(await ids(`${list}&offset=${offset}&limit=${limit}`)));
          }
          expect(pages).toEqual(whole);
          expect(new Set(whole).size).toBe(whole.length);
        },
      ),
      { numRuns: 15 },
    );
    const ascending = await ids(`${CENTRAL_PATHS.product}?sort=id`);
    expect(ascending).toEqual(ascending.toSorted());
    expect(await ids(`${CENTRAL_PATHS.product}?sort=-id`)).toEqual(ascending.toReversed());
  });

  it('keeps id and href whatever the fields', async () => {
    for (const path of [CENTRAL_PATHS.product, CENTRAL_PATHS.productOffering]) {
      const [first] = listSchema.parse((await get(`${path}?fields=name&limit=1`)).json());
      expect(Object.keys(first ?? {}).toSorted()).toEqual(['href', 'id', 'name']);
      const one = await get(`${new URL(first?.href ?? '').pathname}?fields=none`);
      expect(Object.keys(resourceSchema.parse(one.json())).toSorted()).toEqual(['href', 'id']);
    }
  });

  it('filters the catalog and tells what has not changed', async () => {
    const path = `${CENTRAL_PATHS.productOffering}?isBundle=true&lifecycleStatus=Active`;
    const bundles = await get(path);
    expect(listSchema.parse(bundles.json()).every(({ id }) => id.startsWith('bundle.'))).toBe(true);
    const etag = bundles.headers.get('etag') ?? '';
    const same = await get(path, operator, { 'if-none-match': etag });
    expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get(`${CENTRAL_PATHS.productOffering}?limit=1`)).headers.get('etag')).not.toBe(etag);
    expect((await get(`${CENTRAL_PATHS.catalog}/catalog`)).json()).toMatchObject({ lifecycleStatus: 'Active' });
  });

  it('answers what goes wrong with TMF630 bodies, and closes every TMF path without a token', async () => {
    const order = CENTRAL_PATHS.productOrder;
    const write = await central.tokens.forOperator(['tmf.write']);
    const cases: [number, Promise<{ status: number; text: string; headers: Headers }>][] = [
      ...Object.values(CENTRAL_PATHS)
        .filter((path) => path.startsWith('/tmf-api'))
        .map((path): [number, ReturnType<typeof call>] => [401, call(`${central.url}${path}`)]),
      [401, call(`${central.url}/tmf-api/no/v4/such`)],
      [401, call(`${central.url}${order.replace('/tmf', '/%74mf')}`)],
      [404, get('/tmf-api/no/v4/such')],
      [404, call(`${central.url}/nothing`)],
      [404, get(`${order}/unknown`)],
      [405, call(`${central.url}${order}`, { token: write, method: 'DELETE' })],
      [405, call(`${central.url}${CENTRAL_PATHS.customer}`, { token: write, body: {} })],
      [400, call(`${central.url}${order}`, { token: write, body: '{"productOrderItem":' })],
      [400, call(`${central.url}${order}`, { token: write, body: '', headers: { 'content-length': '0' } })],
      [
        400,
        call(`${central.url}${order}`, {
          token: write,
          body: '{"__proto__":{"x":1},"productOrderItem":[{"id":"1","action":"add"}]}',
        }),
      ],
      [400, call(`${central.url}${order}`, { token: write, body: { productOrderItem: [] } })],
      [
        400,
        call(`${central.url}${order}`, {
          token: write,
          body: { description: '\u0000', productOrderItem: [{ id: '1', action: 'add' }] },
        }),
      ],
      [413, call(`${central.url}${order}`, { token: write, body: { x: 'x'.repeat(1024 * 1024) } })],
      [415, call(`${central.url}${order}`, { token: write, body: 'x', headers: { 'content-type': 'text/xml' } })],
      [
        403,
        call(`${central.url}${order}`, { token: operator, body: { productOrderItem: [{ id: '1', action: 'add' }] } }),
      ],
    ];
    for (const [index, [status, answered]] of cases.entries()) {
      const answer = await answered;
      expect([index, answer.status]).toEqual([index, status]);
      expect(JSON.parse(answer.text)).toMatchObject({ status: String(status), '@type': 'Error' });
      expect(answer.text).not.toMatch(/select|node_modules|\.ts/i);
      expect(answer.headers.has('date')).toBe(true);
    }
  });

  it('answers what is no HTTP', async () => {
    const socket = connect(Number(new URL(central.url).port), '127.0.0.1');
    socket.end('hello\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1.1 400 [\s\S]*\r\nDate: [\s\S]*"@type":"Error"/);
  });
});
