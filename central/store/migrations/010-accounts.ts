import type { SchemaModule } from 'kysely';

/** Accounts of services, and which password was issued last for which wish of a terminal. */
export async function accounts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('service_accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('issue_id', 'text')
    .addColumn('changed_at', 'timestamptz')
    .addUniqueConstraint('service_accounts_by_login', ['kind', 'login'])
    .execute();
  await schema
    .createIndex('service_accounts_by_customer')
    .on('service_accounts')
    .columns(['customer_number', 'id'])
    .execute();
  await schema.createIndex('service_accounts_by_nickname').on('service_accounts').column('login').execute();
  await schema.createIndex('service_accounts_by_issue').on('service_accounts').column('issue_id').execute();

  await schema
    .createTable('password_issues')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.references('service_accounts.id'))
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('revoked_at', 'timestamptz')
    .execute();
}
