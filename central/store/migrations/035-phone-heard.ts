import type { SchemaModule } from 'kysely';

/** While a customer's phone is being used, the terminal waits for its customer. */
export async function phoneHeard(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('phone_hand_overs')
    .addColumn('heard', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
