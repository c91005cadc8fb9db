import { pino } from 'pino';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import { expectOk } from '../testing/test-central.ts';
import { searchQuery } from './customer-search.ts';

it.skipIf(!hasPostgres())('every field is searched by an index', async () => {
  const url = await createTestDatabase('search');
  const db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  await sql`
    insert into customers (number, individual_id, full_name, family_name, given_name, kana, dwelling, phone, address)
    select (2000000000 + n)::text, 'many-' || n, 'name', 'family', 'given', 'カナ' || n, 'house',
      (8000000000 + n)::text, 'address'
    from generate_series(1, 20000) as n`.execute(db);
  await sql`insert into customer_devices (id, customer_number) select 'D' || number, number from customers`.execute(db);
  await sql`analyze`.execute(db);
  for (const [search, index] of [
    [{ field: 'number', value: '2000000001' }, 'customers_pkey'],
    [{ field: 'phone', value: '8000000001' }, 'customers_by_phone'],
    [{ field: 'kana', value: 'カナ12' }, 'customers_by_kana'],
    [{ field: 'device', value: 'D2000000001' }, 'customer_devices_pkey'],
  ] as const) {
    const plan = JSON.stringify(await searchQuery(db, search).explain());
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  }
  await db.destroy();
});
