export interface AuditTables {
  /** Append-only: the database refuses UPDATE and DELETE. Written by store/audit.ts. */
  audit_log: {
    /** Position in the chain, from 1. */
    place: string;
    /** SHA-256 over the hash before it and its own content, hex. */
    hash: string;
    id: string;
    at: Date;
    actor_kind: string;
    actor: string;
    terminal_code: string | null;
    action: string;
    resource: string;
    resource_id: string | null;
    customer_number: string | null;
    detail: string | null;
  };
  /** One row: the chain's end. */
  audit_chain: {
    length: string;
    hash: string;
  };
}
