import type { ColumnType } from 'kysely';

export interface CodeTables {
  codes: {
    /** The terminal's name for the wish. */
    id: string;
    purpose: string;
    /** null: nobody has that ID; nothing was mailed, and no code is right. */
    customer_number: string | null;
    terminal_code: string;
    session_id: string;
    language: string;
    /** What it was mailed to, and thereby proves. */
    address: string | null;
    /** argon2id */
    code_hash: string;
    /** SHA-256 of the link's token, hex; null: the mail had no link. */
    link_hash: string | null;
    tries: ColumnType<number, number | undefined, number>;
    /** By the system clock, as the others. */
    expires_at: Date;
    proved_at: Date | null;
    /** What it was for is done. */
    spent_at: Date | null;
  };
}
