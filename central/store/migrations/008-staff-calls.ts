import type { SchemaModule } from 'kysely';

export async function staffCalls(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('staff_calls')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'timestamptz', (column) => column.notNull())
    .addColumn('answered_by', 'text')
    .addColumn('answered_at', 'timestamptz')
    .addColumn('ended_at', 'timestamptz')
    .execute();
  await schema.createIndex('staff_calls_by_shop').on('staff_calls').columns(['shop', 'raised_at']).execute();
  await schema.createIndex('staff_calls_by_terminal').on('staff_calls').column('terminal_code').execute();
  await schema
    .createTable('call_listeners')
    .addColumn('terminal_code', 'text', (column) => column.primaryKey())
    .addColumn('shop', 'text', (column) => column.notNull())
    .addColumn('heard_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await schema.createIndex('call_listeners_by_shop').on('call_listeners').columns(['shop', 'heard_at']).execute();
}
