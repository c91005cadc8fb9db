import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { MESSAGE_STATES } from '../../shared/central-api/communication.ts';
import { type Language, languageSchema } from '../../shared/domain/language.ts';
import type { Clocks } from '../ports.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

export const mailRowSchema = z.object({
  id: z.string(),
  about: z.string(),
  place: z.int(),
  kind: z.string(),
  language: languageSchema,
  customer_number: z.string(),
  to_address: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
  sealed_body: z.string().nullable(),
  queued_at: z.date(),
  state: z.enum(MESSAGE_STATES),
  failure: z.string().nullable(),
  tries: z.int(),
  message_id: z.string().nullable(),
  give_up_at: z.date(),
  sent_at: z.date().nullable(),
});
export type MailRow = z.infer<typeof mailRowSchema>;

export const listedMails: ListedTable<MailRow> = {
  table: 'mails',
  key: 'id',
  keyOf: (row) => row.id,
  row: mailRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    state: { column: 'state', kind: 'text' },
    'receiver.id': { column: 'customer_number', kind: 'text' },
  },
};

/** A server that can't be reached for this long is another one's problem to notice; the mail says so by its state. */
const GIVE_UP_AFTER_MS = 5 * 24 * 60 * 60_000;

/** Failure of a mail whose code or link was over before it could go. */
export const EXPIRED = 'expired';

/** Failure of a mail to a customer whose address isn't known. */
export const NO_ADDRESS = 'no-address';

export interface NewMail {
  readonly about: string;
  /** 1 for the first about it; a second mail in the same place breaks the transaction. */
  readonly place: number;
  readonly kind: string;
  readonly language: Language;
  readonly customerNumber: string;
  /** null: it is recorded as failed, so that someone can tell the customer otherwise. */
  readonly to: string | null;
  readonly subject: string;
  readonly body: string;
  /** What goes out in its place, sealed, and until when (system clock) that is worth sending. `body` shows no secret then. */
  readonly sealed?: { readonly body: string; readonly until: number };
}

/** A sealed text that is not worth sending any more, where no mailer settles it: central has none, or it never got there. */
export async function eraseExpired(db: Database, now: number): Promise<void> {
  await db
    .updateTable('mails')
    .set({ sealed_body: null, state: 'failed', failure: EXPIRED, due_at: null })
    .where('sealed_body', 'is not', null)
    .where('give_up_at', '<=', new Date(now))
    .execute();
}

/** Puts a mail in the outbox, in the transaction of its cause: both happen or neither. */
export async function queueMail(transaction: DatabaseTransaction, clocks: Clocks, mail: NewMail): Promise<void> {
  const now = clocks.system();
  await transaction
    .insertInto('mails')
    .values({
      id: uuidv7(),
      about: mail.about,
      place: mail.place,
      kind: mail.kind,
      language: mail.language,
      customer_number: mail.customerNumber,
      to_address: mail.to,
      subject: mail.subject,
      body: mail.body,
      sealed_body: mail.to === null ? null : (mail.sealed?.body ?? null),
      queued_at: new Date(clocks.business()),
      state: mail.to === null ? 'failed' : 'initial',
      failure: mail.to === null ? NO_ADDRESS : null,
      due_at: mail.to === null ? null : new Date(now),
      give_up_at: new Date(mail.sealed?.until ?? now + GIVE_UP_AFTER_MS),
    })
    .execute();
}
