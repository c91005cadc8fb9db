import type { ColumnType } from 'kysely';

export interface MailTables {
  mails: {
    id: string;
    /** What the mail is news of, e.g. `productOrder/<id>`; with `place` its cause, which is mailed once. */
    about: string;
    /** 1 for the first mail about it. They leave in this order. */
    place: number;
    kind: string;
    language: string;
    customer_number: string;
    /** null: the customer has no address. */
    to_address: string | null;
    subject: string;
    body: string;
    /** What goes out in place of `body`, where that shows none of a secret; null once it is settled. See mail/mail-seal.ts. */
    sealed_body: string | null;
    /** Business time; the mail's `Date`. */
    queued_at: Date;
    /** TMF681's states. */
    state: string;
    /** Why it failed, or why the last try did. */
    failure: string | null;
    tries: ColumnType<number, number | undefined, number>;
    /** Given with the first try and kept, so that whoever receives a mail twice can tell. */
    message_id: string | null;
    /** By the system clock: when to try next, or, while it is being sent, when that counts as failed. null: settled. */
    due_at: Date | null;
    /** By the system clock: a try that fails after this is the last. */
    give_up_at: Date;
    /** Business time. */
    sent_at: Date | null;
  };
}
