import type { SchemaModule } from 'kysely';

/** With which a registration goes on elsewhere, and which member of staff it began with. */
export async function oneTimePasswords(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('one_time_passwords')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('staff_number', 'text')
    .addColumn('begun_by', 'text')
    .addColumn('verified_at', 'timestamptz', (column) => column.notNull())
    .addColumn('login_id', 'text')
    .addColumn('terms', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('redeemed_for', 'text')
    .execute();
  await schema.createIndex('one_time_passwords_by_expiry').on('one_time_passwords').column('expires_at').execute();
  await schema.createIndex('one_time_passwords_by_registration').on('one_time_passwords').column('begun_by').execute();
  await schema.alterTable('registrations').addColumn('staff_number', 'text').execute();
}
