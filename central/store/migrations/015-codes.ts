import type { SchemaModule } from 'kysely';

/** Codes and links that were mailed, and a place for mails whose text must not lie open in the database. */
export async function codes(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('codes')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('customer_number', 'text', (column) => column.references('customers.number'))
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('address', 'text')
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('link_hash', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('proved_at', 'timestamptz')
    .addColumn('spent_at', 'timestamptz')
    .addUniqueConstraint('codes_by_link', ['link_hash'])
    .execute();
  await schema.alterTable('mails').addColumn('sealed_body', 'text').execute();
}
