import type { SchemaModule } from 'kysely';

/** Which of a customer's IDs was the present one when a registration began: the first of two is told without a clock. */
export async function registeredVersions(schema: SchemaModule): Promise<void> {
  for (const table of ['registrations', 'one_time_passwords']) {
    await schema
      .alterTable(table)
      .addColumn('identity_version', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  }
}
