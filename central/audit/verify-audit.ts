import { z } from 'zod';
import { CHAIN_START, chainHash } from '../store/audit.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

/** `entry` null: the entry that has this place is missing. */
export type AuditVerification =
  | { readonly status: 'ok'; readonly entries: number; readonly hash: string }
  | { readonly status: 'broken'; readonly entries: number; readonly place: number; readonly entry: string | null };

const PAGE = 1_000;

const endSchema = z.object({ length: z.coerce.number(), hash: z.string() });
const entrySchema = z.object({
  place: z.coerce.number(),
  hash: z.string(),
  id: z.string(),
  at: z.date(),
  actor_kind: z.string(),
  actor: z.string(),
  terminal_code: z.string().nullable(),
  action: z.string(),
  resource: z.string(),
  resource_id: z.string().nullable(),
  customer_number: z.string().nullable(),
  detail: z.string().nullable(),
});

/**
 * Computes every hash of the audit log again, up to the end that the chain had when it began; what is appended
 * meanwhile is left for the next time. Whoever noted an earlier end's hash elsewhere sees also a chain made anew.
 */
export async function verifyAudit(db: Database | DatabaseTransaction): Promise<AuditVerification> {
  const end = endSchema.parse(await db.selectFrom('audit_chain').selectAll().executeTakeFirstOrThrow());
  let hash = CHAIN_START;
  for (let place = 0; place < end.length; ) {
    const rows = await db
      .selectFrom('audit_log')
      .selectAll()
      .where('place', '>', String(place))
      .where('place', '<=', String(end.length))
      .orderBy('place')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return broken(end.length, place + 1, null);
    for (const row of rows) {
      const entry = entrySchema.parse(row);
      place += 1;
      if (entry.place !== place) return broken(end.length, place, null);
      hash = chainHash(hash, entry);
      if (entry.hash !== hash) return broken(end.length, place, entry.id);
    }
  }
  return hash === end.hash ? { status: 'ok', entries: end.length, hash } : broken(end.length, end.length, null);
}

function broken(entries: number, place: number, entry: string | null): AuditVerification {
  return { status: 'broken', entries, place, entry };
}
