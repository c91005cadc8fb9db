import { type SchemaModule, sql } from 'kysely';

/** How a customer is reached by day and whether news are wished; iTSCOM IDs stand in the list of identities. */
export async function customerRecords(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('customers')
    .addColumn('daytime_phone', 'text')
    .addColumn('wants_news', 'boolean', (column) => column.notNull().defaultTo(false))
    .execute();
  await schema
    .createView('individual_list')
    .orReplace()
    .as(
      sql`select 'customer'::text as kind, individual_id as id, number as customer_number, full_name, family_name,
            given_name, 'validated'::text as status, kana, contact_email, phone, address, null::jsonb as request,
            daytime_phone
          from customers
          union all
          select 'other', id, null, full_name, family_name, given_name, status, null, null, null, null, request, null
          from individuals`,
    )
    .execute();
  await schema
    .createIndex('digital_identities_by_list_id')
    .on('digital_identities')
    .expression(sql`('portal-' || customer_number)`)
    .execute();
  await schema
    .createView('identity_list')
    .as(
      sql`select id, customer_number, kind, login from service_accounts
          union all
          select 'portal-' || customer_number, customer_number, 'portal', login_id from digital_identities`,
    )
    .execute();
}
