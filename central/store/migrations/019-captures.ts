import type { SchemaModule } from 'kysely';

/** Pictures of identity checks, in parts as they come. */
export async function captures(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('captures')
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('bytes', 'integer', (column) => column.notNull())
    .addColumn('received', 'integer', (column) => column.notNull())
    .addColumn('declared_at', 'timestamptz', (column) => column.notNull())
    .addColumn('completed_at', 'timestamptz')
    .addColumn('erased_at', 'timestamptz')
    .addPrimaryKeyConstraint('captures_key', ['application_id', 'hash'])
    .execute();
  await schema.createIndex('captures_by_age').on('captures').column('declared_at').execute();
  await schema
    .createTable('capture_parts')
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('starts_at', 'integer', (column) => column.notNull())
    .addColumn('content', 'bytea', (column) => column.notNull())
    .addPrimaryKeyConstraint('capture_parts_key', ['application_id', 'hash', 'starts_at'])
    .execute();
}
