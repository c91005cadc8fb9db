import type { SchemaModule } from 'kysely';

/** Registrations of iTSCOM IDs under way, and what contractors can show for themselves. */
export async function registrations(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('payment_endings')
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('last_four', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('payment_endings_pkey', ['customer_number', 'kind'])
    .execute();
  await schema
    .createTable('registrations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('verified_at', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('login_id', 'text')
    .addColumn('password_hash', 'text')
    .addColumn('language', 'text')
    .addColumn('terms', 'text')
    .addColumn('done_at', 'timestamptz')
    .addColumn('registered_at', 'timestamptz')
    .execute();
  await schema
    .createIndex('registrations_by_customer')
    .on('registrations')
    .columns(['customer_number', 'done_at'])
    .execute();
}
