export interface DraftTables {
  drafts: {
    id: string;
    customer_number: string;
    procedure_id: string;
    /** Business clock. */
    kept_at: Date;
    /** YYYY-MM-DD, the last day. */
    expires_on: string;
    /** SHA-256 of the request; null: an application came of it before it came itself. */
    fingerprint: string | null;
    /** null: it was applied for, or kept anew, or the customer threw it away. That it was there is known for its days. */
    sealed_content: string | null;
    /** The application that it became. */
    used_by: string | null;
    /** The draft that took its place. */
    replaced_by: string | null;
  };
}
