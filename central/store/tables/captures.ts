export interface CaptureTables {
  captures: {
    application_id: string;
    /** SHA-256 of the whole, hex. */
    hash: string;
    terminal_code: string;
    media_type: string;
    bytes: number;
    received: number;
    /** System clock, as are the next two. */
    declared_at: Date;
    /** null: not whole yet. */
    completed_at: Date | null;
    /** What it showed is gone; that it was there is known. */
    erased_at: Date | null;
  };
  capture_parts: {
    application_id: string;
    hash: string;
    starts_at: number;
    /** null: it is sealed. */
    content: Uint8Array | null;
    /** null: it came before parts were sealed. */
    sealed_content: string | null;
  };
}
