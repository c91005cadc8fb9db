import type { SchemaModule } from 'kysely';

/** Pictures of documents that customers take with their own phones, on their way to the terminal. */
export async function phonePictures(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('phone_hand_overs')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('sides', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('visit_hash', 'text')
    .addColumn('pictures', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('done_at', 'timestamptz')
    .execute();
  await schema.createIndex('phone_hand_overs_by_session').on('phone_hand_overs').column('session_id').execute();
  await schema.createIndex('phone_hand_overs_by_visit').on('phone_hand_overs').column('visit_hash').execute();
  await schema.createIndex('phone_hand_overs_by_expiry').on('phone_hand_overs').column('expires_at').execute();
  await schema
    .createTable('phone_pictures')
    .addColumn('hand_over_id', 'text', (column) =>
      column.notNull().references('phone_hand_overs.id').onDelete('cascade'),
    )
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('sealed_content', 'text')
    .addColumn('flaw', 'text')
    .addPrimaryKeyConstraint('phone_pictures_key', ['hand_over_id', 'side'])
    .execute();
  await schema
    .createTable('phone_captures')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('application_id', 'text', (column) => column.notNull())
    .addColumn('terminal_code', 'text', (column) => column.notNull())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('hand_over_id', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('document', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('phone_captures_key', ['hash', 'application_id'])
    .execute();
  await schema.createIndex('phone_captures_by_age').on('phone_captures').column('kept_at').execute();
  await schema.createIndex('phone_captures_by_hand_over').on('phone_captures').column('hand_over_id').execute();
}
