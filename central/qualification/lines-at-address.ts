import { sql } from 'kysely';
import { z } from 'zod';
import { needsALine } from '../../shared/central-api/qualification.ts';
import { type Catalog, type LineType, lineTypeSchema, type Offering } from '../../shared/domain/catalog.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

/** 住所および建物の設備状況: the lines that reach a building. null: nobody has looked at that address yet. */
async function linesAt(db: Database | DatabaseTransaction, address: string): Promise<readonly LineType[] | null> {
  if (address === '') return null;
  const row = await db
    .selectFrom('buildings')
    .select('line_types')
    .where('address', 'in', coveredBy(address))
    // A building's own goes before its street's.
    .orderBy(sql`length(address)`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : z.array(lineTypeSchema).parse(row.line_types);
}

/**
 * An entry covers every address that begins with it, down to whole numbers: building 4-5-6 is not at 4-5-60. Looked for one
 * by one they are found by the index, however many buildings there are.
 */
function coveredBy(address: string): string[] {
  const letters = Array.from(address);
  return letters
    .map((_, at) => letters.slice(0, at + 1))
    .filter((entry) => !(isDigit(entry.at(-1)) && isDigit(letters[entry.length])))
    .map((entry) => entry.join(''));
}

const isDigit = (letter: string | undefined): boolean => /^\p{Nd}$/u.test(letter ?? '');

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
