import { type SchemaModule, sql } from 'kysely';

/** The mailboxes that the operator keeps for a customer: one of them may be the contact address. */
export async function mailAddresses(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('customers')
    .addColumn('mail_addresses', sql`text[]`, (column) => column.notNull().defaultTo(sql`'{}'`))
    .execute();
}
