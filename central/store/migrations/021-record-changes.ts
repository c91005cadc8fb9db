import type { SchemaModule } from 'kysely';

/** What customers wish to be changed on record, until the address is proved that has to be. */
export async function recordChanges(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('record_changes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('wish', 'jsonb', (column) => column.notNull())
    .addColumn('needs_code', 'boolean', (column) => column.notNull())
    .addColumn('done_at', 'timestamptz')
    .execute();
}
