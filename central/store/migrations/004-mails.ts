import type { SchemaModule } from 'kysely';

/** Mails to customers, and with an order what its prices were computed from, so that later mails can tell. */
export async function mails(schema: SchemaModule): Promise<void> {
  await schema.alterTable('product_orders').addColumn('quote', 'jsonb').execute();
  await schema
    .createTable('mails')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('customer_number', 'text', (column) => column.notNull())
    .addColumn('to_address', 'text')
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('queued_at', 'timestamptz', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('failure', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('message_id', 'text')
    .addColumn('due_at', 'timestamptz')
    .addColumn('give_up_at', 'timestamptz', (column) => column.notNull())
    .addColumn('sent_at', 'timestamptz')
    .addUniqueConstraint('mails_by_cause', ['about', 'place'])
    .execute();
  await schema.createIndex('mails_by_customer').on('mails').columns(['customer_number', 'id']).execute();
  await schema.createIndex('mails_by_state').on('mails').columns(['state', 'id']).execute();
  await schema.createIndex('mails_by_due').on('mails').column('due_at').where('due_at', 'is not', null).execute();
}
