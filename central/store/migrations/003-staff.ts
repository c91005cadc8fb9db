import type { SchemaModule } from 'kysely';

export async function staff(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('staff')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('active', 'boolean', (column) => column.notNull())
    .addColumn('pin_hash', 'text', (column) => column.notNull())
    .execute();
}
