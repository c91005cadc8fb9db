import type { ColumnType } from 'kysely';

export interface OneTimePasswordTables {
  one_time_passwords: {
    /** The terminal's name for the wish; its attempts and its revocation are in `password_issues`. */
    id: string;
    /** The first digits: which it is. */
    number: string;
    /** argon2id of all of it. */
    password_hash: string;
    customer_number: string;
    /** Where it was issued. */
    terminal_code: string;
    /** Who issued it; null: the contractor, who had proved to be one. */
    staff_number: string | null;
    /** The registration that it was issued for, or the session of staff. */
    begun_by: string | null;
    /** By the system clock, as the others: when it was proved who the customer is. */
    verified_at: Date;
    /** The customer's at that moment. */
    identity_version: number;
    login_id: string | null;
    /** JSON */
    terms: string;
    language: string;
    tries: ColumnType<number, number | undefined, number>;
    expires_at: Date;
    /** The registration that went on with it; null: none yet. */
    redeemed_for: string | null;
  };
}
