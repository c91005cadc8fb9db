import type { SchemaModule } from 'kysely';

/** By which wish of a terminal a customer chose the present password, so that its repeat is known. */
export async function passwordChanges(schema: SchemaModule): Promise<void> {
  await schema.alterTable('digital_identities').addColumn('change_id', 'text').execute();
  await schema.alterTable('service_accounts').addColumn('change_id', 'text').execute();
  await schema
    .createIndex('digital_identities_by_customer')
    .on('digital_identities')
    .column('customer_number')
    .execute();
}
