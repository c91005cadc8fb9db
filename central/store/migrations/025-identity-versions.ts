import { type SchemaModule, sql } from 'kysely';

/**
 * Which of a customer's iTSCOM IDs, one after the other, is the present one, and the session in which it was chosen. And
 * indexes for what central looks for by itself, every few minutes, to erase it.
 */
export async function identityVersions(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('customers')
    .addColumn('identity_version', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('identity_session', 'text')
    .execute();
  await schema
    .createIndex('mails_sealed')
    .on('mails')
    .column('give_up_at')
    .where(sql<boolean>`sealed_body is not null`)
    .execute();
  await schema
    .createIndex('captures_to_erase')
    .on('captures')
    .column('declared_at')
    .where(sql<boolean>`erased_at is null`)
    .execute();
}
