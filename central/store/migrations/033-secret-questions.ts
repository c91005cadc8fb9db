import type { SchemaModule } from 'kysely';

/** Which way customers replace a forgotten password, and what the way of the secret question needs for half an hour. */
export async function secretQuestions(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('customers')
    .addColumn('reset_way', 'text', (column) => column.notNull().defaultTo('code'))
    .execute();
  await schema.alterTable('digital_identities').addColumn('issue_id', 'text').execute();
  await schema.createIndex('digital_identities_by_issue').on('digital_identities').column('issue_id').execute();
  await schema
    .alterTable('password_resets')
    .addColumn('way', 'text', (column) => column.notNull().defaultTo('code'))
    .addColumn('mail_subject', 'text')
    .addColumn('question', 'text')
    .addColumn('answer_hash', 'text')
    .addColumn('answer_tries', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('issue_id', 'text')
    .execute();
}
