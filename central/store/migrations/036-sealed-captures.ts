import type { SchemaModule } from 'kysely';

/** Parts of pictures are sealed; those that came before stay as they are until they are erased. */
export async function sealedCaptures(schema: SchemaModule): Promise<void> {
  await schema
    .alterTable('capture_parts')
    .alterColumn('content', (column) => column.dropNotNull())
    .addColumn('sealed_content', 'text')
    .execute();
}
