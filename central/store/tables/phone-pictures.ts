import type { ColumnType } from 'kysely';

export interface PhonePictureTables {
  /** What a customer's phone was asked for. */
  phone_hand_overs: {
    /** The terminal's name for it. */
    id: string;
    /** The first digits of its password: which it is. */
    number: string;
    /** argon2id of all of it. */
    password_hash: string;
    tries: ColumnType<number, number | undefined, number>;
    terminal_code: string;
    session_id: string;
    application_id: string;
    person: string;
    document: string;
    /** JSON */
    sides: string;
    language: string;
    /** SHA-256 of what the one phone knows; null: it is on none yet. */
    visit_hash: string | null;
    /** Pictures that came so far. */
    pictures: ColumnType<number, number | undefined, number>;
    /** How often its phone asked for anything. */
    heard: ColumnType<number, number | undefined, number>;
    /** By the system clock, as the next. */
    expires_at: Date;
    /** null: sides are missing. */
    done_at: Date | null;
  };
  /** For as long as the terminal hasn't judged them. */
  phone_pictures: {
    hand_over_id: string;
    side: string;
    /** SHA-256 of the picture, hex. */
    hash: string;
    media_type: string;
    /** null: judged, and gone. */
    sealed_content: string | null;
    /** null: not judged yet, or kept. */
    flaw: string | null;
  };
  /** Which pictures the terminals keep that came from a phone, and what for. */
  phone_captures: {
    hash: string;
    application_id: string;
    terminal_code: string;
    session_id: string;
    hand_over_id: string;
    person: string;
    document: string;
    side: string;
    kept_at: Date;
  };
}
