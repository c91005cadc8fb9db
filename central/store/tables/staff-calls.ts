export interface StaffCallTables {
  /** 係員を呼ぶ: from where, never by whom. Times are of the system clock. */
  staff_calls: {
    /** Made by the terminal. */
    id: string;
    shop: string;
    terminal_code: string;
    place: string;
    raised_at: Date;
    /** Staff number; null: nobody yet. */
    answered_by: string | null;
    answered_at: Date | null;
    /** Withdrawn, done, or left behind; null: not yet. */
    ended_at: Date | null;
  };
  /** Staff terminals that asked for calls, and when they last did. */
  call_listeners: {
    terminal_code: string;
    shop: string;
    heard_at: Date;
  };
}
