import type { SchemaModule } from 'kysely';

export async function foundation(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('customers')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .addColumn('individual_id', 'text', (column) => column.notNull().unique())
    .addColumn('full_name', 'text', (column) => column.notNull())
    .addColumn('family_name', 'text', (column) => column.notNull())
    .addColumn('given_name', 'text', (column) => column.notNull())
    .addColumn('kana', 'text', (column) => column.notNull())
    .addColumn('dwelling', 'text', (column) => column.notNull())
    .addColumn('contact_email', 'text')
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('customers_by_full_name').on('customers').column('full_name').execute();
  await schema.createIndex('customers_by_family_name').on('customers').column('family_name').execute();
  await schema.createIndex('customers_by_given_name').on('customers').column('given_name').execute();

  await schema
    .createTable('digital_identities')
    .addColumn('login_id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .execute();

  await schema
    .createTable('products')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('customer_number', 'text', (column) => column.notNull().references('customers.number'))
    .addColumn('offering_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('contract', 'jsonb', (column) => column.notNull())
    .addColumn('order_items', 'jsonb', (column) => column.notNull())
    .execute();
  await schema.createIndex('products_by_customer').on('products').columns(['customer_number', 'id']).execute();
  await schema.createIndex('products_by_offering').on('products').column('offering_id').execute();
  await schema.createIndex('products_by_name').on('products').column('name').execute();
  await schema.createIndex('products_by_status').on('products').column('status').execute();

  await schema
    .createTable('product_orders')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('external_id', 'text', (column) => column.unique())
    .addColumn('customer_number', 'text')
    .addColumn('terminal_code', 'text')
    .addColumn('category', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('held_reason', 'text')
    .addColumn('order_date', 'timestamptz', (column) => column.notNull())
    .addColumn('completion_date', 'timestamptz')
    .addColumn('step_due_at', 'timestamptz')
    .addColumn('request', 'jsonb', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('answer_body', 'text', (column) => column.notNull())
    .addColumn('answer_location', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('orders_by_customer').on('product_orders').columns(['customer_number', 'state']).execute();
  await schema.createIndex('orders_by_terminal').on('product_orders').columns(['terminal_code', 'id']).execute();
  await schema.createIndex('orders_by_category').on('product_orders').column('category').execute();
  await schema.createIndex('orders_by_state').on('product_orders').column('state').execute();
  await schema.createIndex('orders_by_date').on('product_orders').column('order_date').execute();
  await schema
    .createIndex('orders_by_step')
    .on('product_orders')
    .column('step_due_at')
    .where('step_due_at', 'is not', null)
    .execute();

  await schema
    .createTable('sign_in_throttles')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('ends_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema.createIndex('sign_in_throttles_by_end').on('sign_in_throttles').column('ends_at').execute();

  await schema
    .createTable('audit_log')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('terminal_code', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('resource', 'text', (column) => column.notNull())
    .addColumn('resource_id', 'text')
    .addColumn('customer_number', 'text')
    .execute();
  await schema.createIndex('audit_log_by_customer').on('audit_log').columns(['customer_number', 'at']).execute();
}
