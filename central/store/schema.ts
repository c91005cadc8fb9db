import type { Kysely, Transaction } from 'kysely';
import type { FoundationTables } from './tables/foundation.ts';

/** Each area's tables are a file under tables/. */
export type Tables = FoundationTables;

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;
