import { sql } from 'kysely';
import type { SchemaModule } from 'kysely';

/** When a wish was made, since it isn't kept for ever; what is there already counts as made now. */
export async function recordChangeTimes(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('record_changes')
    .addColumn('made_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
}
