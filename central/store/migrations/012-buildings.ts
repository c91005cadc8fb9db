import type { SchemaModule } from 'kysely';

export async function buildings(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('buildings')
    .addColumn('address', 'text', (column) => column.primaryKey())
    .addColumn('line_types', 'jsonb', (column) => column.notNull())
    .execute();
}
