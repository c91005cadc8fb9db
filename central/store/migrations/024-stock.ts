import { sql } from 'kysely';
import type { SchemaModule } from 'kysely';

/** What of a device can still be had, and what orders have taken of it; how long a customer has paid by transfer. */
export async function stock(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('product_stocks')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('offering_id', 'text', (column) => column.notNull().unique())
    .addColumn('available', 'integer', (column) => column.notNull().check(sql`available >= 0`))
    .addColumn('updated_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema
    .createTable('stock_reservations')
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('offering_id', 'text', (column) => column.notNull())
    .addColumn('amount', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('stock_reservations_key', ['order_id', 'offering_id'])
    .execute();
  await schema
    .alterTable('payment_endings')
    .addColumn('id', 'text', (column) => column.generatedAlwaysAs(sql`customer_number || '-' || kind`).stored())
    .addColumn('months_paid', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.createIndex('payment_endings_by_id').on('payment_endings').column('id').unique().execute();
}
