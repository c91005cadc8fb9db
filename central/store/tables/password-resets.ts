import type { Generated } from 'kysely';

export interface PasswordResetTables {
  password_resets: {
    /** The terminal's name for it, and of the code that is mailed. */
    id: string;
    terminal_code: string;
    session_id: string;
    /** null: nobody has the ID that was typed, or no mail reaches them. */
    customer_number: string | null;
    /** As the customer had it then; null: as above. */
    login_id: string | null;
    /** Which of the customer's IDs and passwords is replaced; null: as above. */
    identity_version: number | null;
    /** Who opened the customer's session; null: nobody. */
    staff_number: string | null;
    language: string;
    /** By the system clock. */
    expires_at: Date;
    /** Business time; null: not yet. */
    changed_at: Date | null;
    /** shared/central-api/password-resets.ts */
    way: string;
    /** Whose mails are counted: SHA-256 of the ID as it was typed, or of the customer's number; null: by the code. */
    mail_subject: string | null;
    /** shared/domain/secret-question.ts; null: none was chosen yet. */
    question: string | null;
    /** null: as above. */
    answer_hash: string | null;
    answer_tries: Generated<number>;
    /** The last wish that a password was issued for; null: none was. */
    issue_id: string | null;
  };
}
