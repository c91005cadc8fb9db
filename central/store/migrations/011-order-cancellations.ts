import { type SchemaModule, sql } from 'kysely';

export async function orderCancellations(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('order_cancellations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('order_id', 'text', (column) => column.notNull().references('product_orders.id'))
    .addColumn('customer_number', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('requested_at', 'timestamptz')
    .addColumn('effective_at', 'timestamptz')
    .execute();
  await schema.createIndex('order_cancellations_by_order').on('order_cancellations').column('order_id').execute();
  await schema.createIndex('order_cancellations_by_state').on('order_cancellations').column('state').execute();
  await schema
    .createIndex('order_cancellations_by_customer')
    .on('order_cancellations')
    .columns(['customer_number', 'id'])
    .execute();
  await schema
    .createIndex('order_cancellations_open')
    .on('order_cancellations')
    .column('order_id')
    .unique()
    .where(sql.ref('state'), '=', sql.lit('inProgress'))
    .execute();
}
