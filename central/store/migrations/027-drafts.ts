import type { SchemaModule } from 'kysely';

/** What customers keep for going on at any terminal. */
export async function drafts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('drafts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull())
    .addColumn('procedure_id', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_on', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text')
    .addColumn('sealed_content', 'text')
    .addColumn('used_by', 'text')
    .addColumn('replaced_by', 'text')
    .execute();
  await schema.createIndex('drafts_of_customer').on('drafts').column('customer_number').execute();
  await schema.createIndex('drafts_by_age').on('drafts').column('expires_on').execute();
}
