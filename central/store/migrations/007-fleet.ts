import type { SchemaModule } from 'kysely';

export async function fleet(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('heartbeats')
    .addColumn('terminal_code', 'text', (column) => column.primaryKey())
    .addColumn('received_at', 'timestamptz', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('waiting', 'integer', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull())
    .addColumn('rejected', 'integer', (column) => column.notNull())
    .addColumn('oldest_waiting_at', 'timestamptz')
    .addColumn('printer', 'text', (column) => column.notNull())
    .addColumn('clock_ahead_seconds', 'integer', (column) => column.notNull())
    .execute();
}
