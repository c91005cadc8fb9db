import type { SchemaModule } from 'kysely';

/** Shops, the terminals bound to them, and what the authorization server keeps. */
export async function terminals(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('shops')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .execute();

  await schema
    .createTable('terminals')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('shop', 'text', (column) => column.notNull().references('shops.id'))
    .addColumn('device_code_hash', 'text', (column) => column.notNull().unique())
    .addColumn('registration_token_hash', 'text', (column) => column.unique())
    .addColumn('approved_by', 'text', (column) => column.notNull())
    .addColumn('approved_at', 'timestamptz', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.unique())
    .addColumn('client', 'jsonb')
    .addColumn('enrolled_at', 'timestamptz')
    .addColumn('instance', 'text')
    .addColumn('shared_key_seen_at', 'timestamptz')
    .addColumn('revoked_by', 'text')
    .addColumn('revoked_at', 'timestamptz')
    .execute();
  await schema.createIndex('terminals_by_shop').on('terminals').columns(['shop', 'code']).execute();

  await schema
    .createTable('past_terminal_instances')
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('instance', 'text', (column) => column.notNull())
    .addColumn('ended_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('past_terminal_instances_key', ['client_id', 'instance'])
    .execute();

  await schema
    .createTable('oauth_records')
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('payload', 'jsonb', (column) => column.notNull())
    .addColumn('user_code', 'text', (column) => column.unique())
    .addColumn('grant_id', 'text')
    .addColumn('consumed_at', 'timestamptz')
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('oauth_records_key', ['model', 'id'])
    .execute();
  await schema.createIndex('oauth_records_by_grant').on('oauth_records').column('grant_id').execute();
  await schema.createIndex('oauth_records_by_end').on('oauth_records').column('expires_at').execute();
}
