import { type SchemaModule, sql } from 'kysely';
import { z } from 'zod';
import { CHAIN_START, chainHash } from '../audit.ts';
import type { DatabaseTransaction } from '../schema.ts';

/** What staff's work at a terminal needs: finding customers, corrections and releases, the visit log, a chained audit. */
export async function staffDesk(schema: SchemaModule, db: DatabaseTransaction): Promise<void> {
  await findCustomers(schema);
  await decideOrders(schema);
  await visitLog(schema);
  await chainAudit(schema, db);
}

async function findCustomers(schema: SchemaModule): Promise<void> {
  await schema.createIndex('customers_by_phone').on('customers').columns(['phone', 'number']).execute();
  // By code point, so that a beginning is a range on every server, whatever its locale.
  await schema.createIndex('customers_by_kana').on('customers').expression(sql`kana collate "C", number`).execute();
  await schema
    .createTable('customer_devices')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .execute();
}

async function decideOrders(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('product_orders')
    .addColumn('shop', 'text')
    .addColumn('replaces', 'text', (column) => column.unique())
    .addColumn('resolved', 'jsonb')
    .execute();
  await schema.createIndex('orders_by_shop').on('product_orders').columns(['shop', 'state', 'id']).execute();
}

async function visitLog(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('party_interactions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('customer_number', 'text', (column) => column.notNull())
    .addColumn('shop', 'text')
    .addColumn('terminal_code', 'text')
    .addColumn('staff_number', 'text')
    .addColumn('session_id', 'text')
    .addColumn('order_id', 'text')
    .addColumn('details', 'jsonb', (column) => column.notNull())
    .execute();
  const indexes = [
    ['customer', ['customer_number', 'id']],
    ['shop', ['shop', 'id']],
    ['terminal', ['terminal_code', 'id']],
    ['staff', ['staff_number', 'id']],
    ['kind', ['kind', 'id']],
    ['order', ['order_id', 'id']],
    ['time', ['at', 'id']],
  ] as const;
  for (const [name, columns] of indexes) {
    await schema
      .createIndex(`party_interactions_by_${name}`)
      .on('party_interactions')
      .columns([...columns])
      .execute();
  }
}

const earlierEntrySchema = z.object({
  id: z.string(),
  at: z.date(),
  actor_kind: z.string(),
  actor: z.string(),
  terminal_code: z.string().nullable(),
  action: z.string(),
  resource: z.string(),
  resource_id: z.string().nullable(),
  customer_number: z.string().nullable(),
  detail: z.null(),
});

async function chainAudit(schema: SchemaModule, db: DatabaseTransaction): Promise<void> {
  await schema
    .alterTable('audit_log')
    .addColumn('detail', 'text')
    .addColumn('place', 'bigint')
    .addColumn('hash', 'text')
    .execute();
  const { rows } = await sql`select * from audit_log order by at, id`.execute(db);
  let length = 0;
  let hash = CHAIN_START;
  for (const row of rows) {
    const entry = earlierEntrySchema.parse(row);
    length += 1;
    hash = chainHash(hash, entry);
    await sql`update audit_log set place = ${length}, hash = ${hash} where id = ${entry.id}`.execute(db);
  }
  await schema
    .alterTable('audit_log')
    .alterColumn('place', (column) => column.setNotNull())
    .alterColumn('hash', (column) => column.setNotNull())
    .execute();
  await schema.alterTable('audit_log').addUniqueConstraint('audit_log_by_place', ['place']).execute();
  await schema
    .createTable('audit_chain')
    .addColumn('length', 'bigint', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
  await sql`insert into audit_chain (length, hash) values (${length}, ${hash})`.execute(db);
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as
    'begin raise exception ''the audit log is append-only''; end'`.execute(db);
  await sql`
    create trigger audit_log_is_append_only before update or delete or truncate on audit_log
    for each statement execute function refuse_audit_change()`.execute(db);
  await sql`
    create trigger audit_chain_stays before delete or truncate on audit_chain
    for each statement execute function refuse_audit_change()`.execute(db);
}
