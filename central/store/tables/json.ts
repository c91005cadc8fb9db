import type { ColumnType } from 'kysely';

/** Written as JSON text, read as what it holds: whoever reads it validates it. */
export type Json = ColumnType<unknown, string, string>;
export type NullableJson = ColumnType<unknown, string | null, string | null>;
