import type { SchemaModule } from 'kysely';

/** Tries that turned out wrong, beside those that are still being compared. */
export async function signInMisses(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('sign_in_throttles')
    .addColumn('misses', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
