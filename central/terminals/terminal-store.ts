import { z } from 'zod';
import { terminalCodeSchema } from '../../shared/central-api/terminal-v1.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

export const shopSchema = z.object({ id: z.string().min(1), name: z.string().min(1), phone: z.string().min(1) });
export type Shop = z.infer<typeof shopSchema>;

const terminalSchema = z.object({
  code: terminalCodeSchema,
  shop: z.string(),
  /** Staff number, or who else approved it. */
  approved_by: z.string(),
  /** null: approved, its key not registered yet. */
  enrolled_at: z.date().nullable(),
  /** null: never. */
  shared_key_seen_at: z.date().nullable(),
  revoked_by: z.string().nullable(),
  revoked_at: z.date().nullable(),
});

/** A machine that was bound to a shop, or is about to be. */
export type TerminalRecord = z.infer<typeof terminalSchema>;

export const listedTerminals: ListedTable<TerminalRecord> = {
  table: 'terminals',
  key: 'code',
  keyOf: (row) => row.code,
  row: terminalSchema,
  columns: { id: { column: 'code', kind: 'text' }, shop: { column: 'shop', kind: 'text' } },
};

export async function findShop(db: Database, id: string): Promise<Shop | null> {
  const row = await db.selectFrom('shops').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : shopSchema.parse(row);
}

export async function shopOfTerminal(db: Database | DatabaseTransaction, code: string): Promise<Shop | null> {
  const row = await db
    .selectFrom('shops')
    .innerJoin('terminals', 'terminals.shop', 'shops.id')
    .selectAll('shops')
    .where('terminals.code', '=', code)
    .executeTakeFirst();
  return row === undefined ? null : shopSchema.parse(row);
}

export async function terminalsInService(db: Database): Promise<{ code: string; shopName: string }[]> {
  const rows = await db
    .selectFrom('terminals')
    .innerJoin('shops', 'shops.id', 'terminals.shop')
    .select(['terminals.code', 'shops.name'])
    .where('client_id', 'is not', null)
    .where('revoked_at', 'is', null)
    .execute();
  return rows.map(({ code, name }) => ({ code, shopName: name }));
}

export async function terminalsOf(db: Database, shop: string): Promise<TerminalRecord[]> {
  const rows = await db.selectFrom('terminals').selectAll().where('shop', '=', shop).orderBy('code').execute();
  return rows.map((row) => terminalSchema.parse(row));
}

export async function findTerminal(db: Database | DatabaseTransaction, code: string): Promise<TerminalRecord | null> {
  const row = await db.selectFrom('terminals').selectAll().where('code', '=', code).executeTakeFirst();
  return row === undefined ? null : terminalSchema.parse(row);
}

/** What a token of that terminal is worth now. */
export type TerminalStanding = 'active' | 'revoked' | 'unknown';

export function standingOf(terminal: TerminalRecord | null): TerminalStanding {
  if (terminal === null || terminal.enrolled_at === null) return 'unknown';
  return terminal.revoked_at === null ? 'active' : 'revoked';
}
