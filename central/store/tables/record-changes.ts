import type { Json } from './json.ts';

export interface RecordChangeTables {
  record_changes: {
    /** The terminal's name for the wish, and of its code. */
    id: string;
    customer_number: string;
    terminal_code: string;
    session_id: string;
    language: string;
    wish: Json;
    /** Whether an address has to be proved first. */
    needs_code: boolean;
    /** By the system clock; a repeat makes it anew. */
    made_at: Date;
    /** Business time. */
    done_at: Date | null;
  };
}
