import { z } from 'zod';
import { draftRequestSchema } from '../../../shared/central-api/drafts.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';
import type { SqliteDatabase } from '../database/open-database.ts';
import { decrypt, encrypt } from '../outbox/envelope.ts';
import type { TerminalKey } from '../outbox/terminal-key.ts';

const payloadSchema = z.strictObject({
  format: z.literal(1),
  /** As it is sent to central. */
  request: draftRequestSchema,
  /** Authorises the sending, also after the session. */
  grant: z.string(),
});
export type DraftPayload = Omit<z.infer<typeof payloadSchema>, 'format'>;

const rowSchema = z.object({
  id: z.string(),
  keptAt: z.int(),
  payload: z.instanceof(Buffer),
});
type Row = z.infer<typeof rowSchema>;

export interface WaitingDraft extends DraftPayload {
  readonly id: string;
  /** Epoch ms, business clock. */
  readonly keptAt: number;
}

/** Drafts that central hasn't taken yet, sealed as applications are. */
export interface DraftRows {
  /** Durable when it returns. */
  insert(customerNumber: string, draft: WaitingDraft): void;
  /** Gone from the files too. */
  erase(ids: readonly string[]): void;
  ids(): { readonly id: string; readonly keptAt: number }[];
  /** null: there is none of that id; 'unreadable': this terminal's key opens it not. */
  find(id: string): WaitingDraft | 'unreadable' | null;
  of(customerNumber: string): WaitingDraft[];
}

export function draftRows(db: SqliteDatabase, terminalKey: TerminalKey): DraftRows {
  const insert = db.prepare<[string, Buffer, number, Buffer]>(
    `insert into kept_draft (id, customer_key, kept_at, payload) values (?, ?, ?, ?)`,
  );
  const erase = db.prepare<[string]>(`delete from kept_draft where id = ?`);
  const columns = `id, kept_at as keptAt, payload`;
  const all = db.prepare<[]>(`select ${columns} from kept_draft order by kept_at, id`);
  const byId = db.prepare<[string]>(`select ${columns} from kept_draft where id = ?`);
  const byCustomer = db.prepare<[Buffer]>(
    `select ${columns} from kept_draft where customer_key = ? order by kept_at desc, id`,
  );

  function open({ id, keptAt, payload }: Row): WaitingDraft | 'unreadable' {
    try {
      const text = decrypt(terminalKey.wrappingKey, id, payload).toString('utf8');
      const { request, grant } = tolerant(payloadSchema).parse(JSON.parse(text));
      return { id, keptAt, request, grant };
    } catch {
      // Node tells a wrong key and damaged bytes apart only in words.
      return 'unreadable';
    }
  }

  return {
    insert: (customerNumber, { id, keptAt, request, grant }) => {
      const text = Buffer.from(JSON.stringify({ format: 1, request, grant }));
      insert.run(id, terminalKey.customerKey(customerNumber), keptAt, encrypt(terminalKey.wrappingKey, id, text));
    },
    erase: (ids) => {
      const erased = ids.map((id) => erase.run(id).changes);
      if (erased.some((changes) => changes > 0)) db.pragma('wal_checkpoint(TRUNCATE)');
    },
    ids: () => z.array(rowSchema).parse(all.all()),
    find: (id) => {
      const row = rowSchema.optional().parse(byId.get(id));
      return row === undefined ? null : open(row);
    },
    of: (customerNumber) =>
      z
        .array(rowSchema)
        .parse(byCustomer.all(terminalKey.customerKey(customerNumber)))
        .map(open)
        .filter((draft) => draft !== 'unreadable'),
  };
}
