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
  };
}
