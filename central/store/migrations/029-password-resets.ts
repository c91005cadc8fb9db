import type { SchemaModule } from 'kysely';

/** Passwords of iTSCOM IDs that are being set anew by who no longer knows them. */
export async function passwordResets(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('password_resets')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('customer_number', 'text', (column) => column.references('customers.number'))
    .addColumn('login_id', 'text')
    .addColumn('identity_version', 'integer')
    .addColumn('staff_number', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('changed_at', 'timestamptz')
    .execute();
  await schema.createIndex('password_resets_by_end').on('password_resets').column('expires_at').execute();
}
