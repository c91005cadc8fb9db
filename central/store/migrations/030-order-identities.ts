import type { SchemaModule } from 'kysely';

/** With which of a customer's IDs, one after the other, an order was made: what is done of it later may ask for that. */
export async function orderIdentities(schema: SchemaModule): Promise<void> {
  await schema.alterTable('product_orders').addColumn('identity_version', 'integer').execute();
}
