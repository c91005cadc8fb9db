export interface AccountTables {
  /** Accounts of services and iTSCOM IDs together. */
  identity_list: { id: string };
  service_accounts: {
    id: string;
    customer_number: string;
    /** shared/domain/account.ts */
    kind: string;
    login: string;
    /** null: there is none that is worth anything. */
    password_hash: string | null;
    /** The wish that its password was issued for; null: it came another way. */
    issue_id: string | null;
    /** The wish by which the customer chose it; null: it came another way. */
    change_id: string | null;
    /** Business time. */
    changed_at: Date | null;
  };
  password_issues: {
    /** The terminal's name for the wish. */
    id: string;
    terminal_code: string;
    /** null: revoked before it came. */
    account_id: string | null;
    /** The last one; it and those before it are settled. */
    attempt: number;
    /** By the system clock. */
    at: Date;
    revoked_at: Date | null;
  };
}
