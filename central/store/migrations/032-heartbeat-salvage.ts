import type { SchemaModule } from 'kysely';

/** What a terminal tells of its damaged database. */
export async function heartbeatSalvage(schema: SchemaModule): Promise<void> {
  await schema.alterTable('heartbeats').addColumn('salvage', 'jsonb').execute();
}
