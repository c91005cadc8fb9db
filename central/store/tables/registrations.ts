import type { Generated } from 'kysely';

export interface RegistrationTables {
  /** The ends of what customers pay with; never a whole number. */
  payment_endings: {
    customer_number: string;
    /** `bank-account` or `card` */
    kind: string;
    last_four: string;
    /** Made of the two that name it. */
    id: Generated<string>;
    /** Months paid this way so far; it counts for bank transfers. */
    months_paid: Generated<number>;
  };
  registrations: {
    /** The terminal's name for it, and of the code that is mailed. */
    id: string;
    customer_number: string;
    /** Who made sure who the customer is; null: the contractor proved it. */
    staff_number: string | null;
    terminal_code: string;
    session_id: string;
    /** By the system clock, as the others: when the contractor was verified. */
    verified_at: Date;
    /** The customer's at that moment: whatever replaces it since ends the registration. */
    identity_version: number;
    expires_at: Date;
    /** null: nothing was chosen yet. */
    login_id: string | null;
    password_hash: string | null;
    language: string | null;
    /** JSON: what was shown and accepted. */
    terms: string | null;
    done_at: Date | null;
    /** Business time of the same. */
    registered_at: Date | null;
  };
}
