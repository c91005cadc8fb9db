import { type SchemaModule, sql } from 'kysely';

export async function catalogRecords(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('catalog_records')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('last_update', 'timestamptz', (column) => column.notNull())
    .addColumn('content', 'jsonb', (column) => column.notNull())
    .execute();
  await schema.createIndex('catalog_records_by_kind').on('catalog_records').columns(['kind', 'id']).execute();
  await schema
    .createIndex('orders_by_completion')
    .on('product_orders')
    .column('completion_date')
    .where('completion_date', 'is not', null)
    .execute();
  for (const table of ['product_orders', 'recorded_products']) {
    await schema
      .createIndex(`${table}_by_party`)
      .on(table)
      .using('gin')
      .expression(sql`(request -> 'relatedParty') jsonb_path_ops`)
      .execute();
  }
}
