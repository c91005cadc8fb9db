import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { listedAccounts } from '../accounts/account-store.ts';
import { listedMails } from '../mail/mail-store.ts';
import { listedInteractions } from '../party-interaction/interaction.ts';
import { listedIndividuals } from '../party/individuals.ts';
import { listedOrganizations } from '../party/organizations.ts';
import { listedPaymentMethods } from '../payment-method/payment-methods.ts';
import { listedStocks } from '../product-stock/stock-levels.ts';
import { listedProducts } from '../product-inventory/routes.ts';
import { listedCancellations } from '../product-ordering/cancellations.ts';
import { listedOrders } from '../product-ordering/order-store.ts';
import { listedTerminals } from '../terminals/terminal-store.ts';
import { expectOk } from '../testing/test-central.ts';
import { listedUsageReports } from '../usage-consumption/usage-reports.ts';
import { listedCustomers } from './customers.ts';
import { conditionOf, type ListedTable } from './list-table.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './schema.ts';

const LISTED: Readonly<Record<string, Pick<ListedTable<unknown>, 'table' | 'columns'>>> = {
  ...{ listedAccounts, listedCancellations, listedCustomers, listedIndividuals, listedInteractions },
  ...{ listedMails, listedOrders, listedOrganizations, listedPaymentMethods, listedProducts, listedStocks },
  ...{ listedTerminals, listedUsageReports },
};
const FILTERS = Object.values(LISTED).flatMap(({ table, columns }) =>
  Object.entries(columns).map(([attribute, { kind }]) => ({ table, columns, attribute, kind })),
);

it('knows every list that is read from a table', () => {
  const found = readdirSync('central', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join('central', file), 'utf8').matchAll(/(\w+): ListedTable<\w+> = \{/g)])
    .map(([, name]) => name);
  expect(found.toSorted()).toEqual(Object.keys(LISTED).toSorted());
});

describe.skipIf(!hasPostgres())('every filter that a list offers', () => {
  let db: Database;
  beforeAll(async () => {
    const url = await createTestDatabase('explain');
    db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  });
  afterAll(() => db.destroy());

  it.each(FILTERS)('$attribute of $table has an index', async ({ table, columns, attribute, kind }) => {
    const values = kind === 'time' ? ['2026-11-18T00:00:00Z'] : ['x', 'y'];
    const condition = expectOk(conditionOf({ columns }, { attribute, comparison: 'eq', values }));
    const plan = await db.transaction().execute(async (transaction) => {
      // A table as small as this one is read whole otherwise, whatever its indexes.
      await sql`set local enable_seqscan = off`.execute(transaction);
      const { rows } = await sql`explain select * from ${sql.table(table)} where ${condition}`.execute(transaction);
      return rows.map((row) => z.object({ 'QUERY PLAN': z.string() }).parse(row)['QUERY PLAN']).join('\n');
    });
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
