import type { SchemaModule } from 'kysely';

/** What became of each item of an order that was carried out. */
export async function orderOutcomes(schema: SchemaModule): Promise<void> {
  await schema.alterTable('product_orders').addColumn('outcome', 'jsonb').execute();
}
