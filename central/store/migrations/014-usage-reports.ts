import type { SchemaModule } from 'kysely';

export async function usageReports(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('usage_reports')
    .addColumn('product_id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull())
    .addColumn('effective_at', 'timestamptz', (column) => column.notNull())
    .addColumn('buckets', 'jsonb', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('usage_reports_by_customer')
    .on('usage_reports')
    .columns(['customer_number', 'product_id'])
    .execute();
}
