import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Heartbeat } from '../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { OPERATIONS } from '../openapi/document.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { expectOk, startTestCentral } from '../testing/test-central.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './schema.ts';

/** With something in each object that nobody knows. */
function fromLater(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(fromLater);
  if (typeof json !== 'object' || json === null) return json;
  return {
    ...Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fromLater(value)])),
    addedLater: 'x',
  };
}

/** As a central of a later version would have written the same. Returns the columns that held something. */
async function widenEach(db: Database): Promise<string[]> {
  const columns = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and data_type = 'jsonb'`.execute(db);
  const widened: string[] = [];
  for (const { table, column } of columns.rows) {
    // What the authorization server's library keeps is its own.
    if (table === 'oauth_records' || column === 'client') continue;
    const rows = await sql<{ place: string; json: unknown }>`
      select ctid::text as place, ${sql.ref(column)} as json from ${sql.table(table)}
      where ${sql.ref(column)} is not null`.execute(db);
    for (const { place, json } of rows.rows) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${JSON.stringify(fromLater(json))}::jsonb
        where ctid = ${place}::tid`.execute(db);
    }
    if (rows.rows.length > 0) widened.push(`${table}.${column}`);
  }
  return widened;
}

describe.skipIf(!hasPostgres())('what a central of a later version has written', () => {
  it('is read by one that does not know all of it', async () => {
    const url = await createTestDatabase('later_rows');
    const central = await startTestCentral(url);
    const db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
    try {
      const operator = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
      const jiro = await signIn(central.url, 'jiro@example.jp');
      const catalog = await readCatalog(central.url, jiro.accessToken);
      const before = await readCustomer(central.url, jiro, catalog);
      const ended = before.contracts.find(({ offeringId }) => offeringId.startsWith('tv-channel.'));
      const answers = { end: ended?.id ?? '', channels: '' };
      const order = await orderFor(central.url, jiro, 'tv.options', answers, central.clocks.business());
      const { id } = productOrderSchema.parse((await postOrder(central.url, jiro, order)).json());
      const orderUrl = `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
      for (const state of ['inProgress', 'completed']) {
        expect((await call(orderUrl, { token: operator, method: 'PATCH', body: { state } })).status).toBe(200);
      }
      await sql`update product_orders set resolved = jsonb_build_object(
        'productOrderItem', request -> 'productOrderItem', 'quoteKind', 'total')`.execute(db);
      const person = { familyName: '見本', givenName: '花' };
      for (const [path, body] of [
        [CENTRAL_PATHS.individual, person],
        [CENTRAL_PATHS.organization, { tradingName: '見本' }],
      ] as const) {
        expect((await call(`${central.url}${path}`, { token: operator, body })).status).toBe(201);
      }
      const wish = { kind: 'contact', daytimePhone: '0312345678', wantsNews: false, email: null };
      const change = { id: randomUUID(), wish, language: 'ja' };
      const changes = `${central.url}${CENTRAL_PATHS.recordChanges}`;
      expect((await call(changes, { token: jiro.accessToken, body: change })).status).toBe(200);
      const beat: Heartbeat = {
        ...{
          version: '1',
          mode: 'self-service',
          queue: { waiting: 0, held: 0, rejected: 0 },
          oldestWaitingSeconds: null,
        },
        ...{ printer: 'ready', clockAheadSeconds: 0 },
        salvage: { missing: 1, damaged: 0, isLogCut: false, isIdentityLost: false },
      };
      const heartbeat = await call(`${central.url}${CENTRAL_PATHS.heartbeat}`, {
        ...{ token: jiro.terminalToken, body: beat },
      });
      expect(heartbeat.status, heartbeat.text).toBe(200);
      const known = await readCustomer(central.url, jiro, catalog);

      expect(await widenEach(db)).toEqual(
        expect.arrayContaining([
          ...['products.contract', 'products.order_items', 'usage_reports.buckets', 'record_changes.wish'],
          ...['product_orders.request', 'product_orders.resolved', 'product_orders.outcome', 'product_orders.quote'],
          ...['individuals.request', 'organizations.request', 'heartbeats.salvage', 'party_interactions.details'],
        ]),
      );

      const again = await signIn(central.url, 'jiro@example.jp');
      expect(await readCustomer(central.url, again, catalog)).toEqual(known);
      const completion = await call(`${changes}/${change.id}/completion`, { token: jiro.accessToken, body: {} });
      expect(completion.status, completion.text).toBe(200);
      for (const { method, url: path } of OPERATIONS) {
        if (method !== 'GET' || path.includes(':')) continue;
        const answer = await call(`${central.url}${path}`, { token: operator });
        expect([path, answer.status < 500]).toEqual([path, true]);
      }
      expect((await call(orderUrl, { token: operator })).status).toBe(200);
    } finally {
      await db.destroy();
      await central.dispose();
    }
  });
});
