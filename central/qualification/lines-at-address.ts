import { sql } from 'kysely';
import { z } from 'zod';
import { needsALine } from '../../shared/central-api/qualification.ts';
import { type Catalog, type LineType, lineTypeSchema, type Offering } from '../../shared/domain/catalog.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

/** 住所および建物の設備状況: the lines that reach a building. null: nobody has looked at that address yet. */
async function linesAt(db: Database | DatabaseTransaction, address: string): Promise<readonly LineType[] | null> {
  const row = await db
    .selectFrom('buildings')
    .select('line_types')
    // An entry covers every address that begins with it; a building's own goes before its street's.
    .where(sql<boolean>`${address} like address || '%'`)
    .orderBy(sql`length(address)`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : z.array(lineTypeSchema).parse(row.line_types);
}

/** Offerings that can't be had at an address; null: that isn't known. */
export async function notServedAt(
  db: Database | DatabaseTransaction,
  catalog: Catalog,
  address: string,
): Promise<string[] | null> {
  const lines = await linesAt(db, address);
  if (lines === null) return null;
  return catalog.offerings.filter((one) => needsALine(one) && !isServed(one, lines)).map(({ id }) => id);
}

function isServed(offering: Offering, lines: readonly LineType[]): boolean {
  if (offering.type === 'internet-course') return lines.includes(offering.lineType);
  if (lines.includes('cable')) return true;
  // What new TV customers get comes over fibre too; the older boxes and the modems know cable only (p.52, 56, 71).
  if (offering.type === 'tv-course' && !offering.forNew) return false;
  return offering.type !== 'modem' && lines.includes('hikari');
}
