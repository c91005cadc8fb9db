import type { SchemaModule } from 'kysely';

/** When the customer last wished for another contact, so that an earlier wish that comes late changes nothing. */
export async function contactWishes(schema: SchemaModule): Promise<void> {
  await schema.alterTable('customers').addColumn('contact_wished_at', 'timestamptz').execute();
}
