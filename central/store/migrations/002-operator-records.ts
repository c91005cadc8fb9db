import { type SchemaModule, sql } from 'kysely';

/** Persons, organizations and products that operators put in; views list them beside what belongs to customers. */
export async function operatorRecords(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('individuals')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('full_name', 'text', (column) => column.notNull())
    .addColumn('family_name', 'text', (column) => column.notNull())
    .addColumn('given_name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('request', 'jsonb', (column) => column.notNull())
    .execute();
  for (const column of ['full_name', 'family_name', 'given_name', 'status']) {
    await schema.createIndex(`individuals_by_${column}`).on('individuals').column(column).execute();
  }

  await schema
    .createTable('organizations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('trading_name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('request', 'jsonb', (column) => column.notNull())
    .execute();
  for (const column of ['trading_name', 'status']) {
    await schema.createIndex(`organizations_by_${column}`).on('organizations').column(column).execute();
  }

  await schema
    .createTable('recorded_products')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('offering_id', 'text')
    .addColumn('request', 'jsonb', (column) => column.notNull())
    .execute();
  for (const column of ['name', 'status', 'offering_id']) {
    await schema.createIndex(`recorded_products_by_${column}`).on('recorded_products').column(column).execute();
  }

  await schema
    .createView('individual_list')
    .as(
      sql`select 'customer'::text as kind, individual_id as id, number as customer_number, full_name, family_name,
            given_name, 'validated'::text as status, kana, contact_email, phone, address, null::jsonb as request
          from customers
          union all
          select 'other', id, null, full_name, family_name, given_name, status, null, null, null, null, request
          from individuals`,
    )
    .execute();
  await schema
    .createView('product_list')
    .as(
      sql`select 'contract'::text as kind, id, customer_number, offering_id, name, status, contract, order_items,
            null::jsonb as request
          from products
          union all
          select 'recorded', id, null, offering_id, name, status, null, null, request
          from recorded_products`,
    )
    .execute();
}
