import type { ColumnType } from 'kysely';
import type { Generated } from 'kysely';
import type { Json, NullableJson } from './json.ts';

export interface FoundationTables {
  customers: {
    number: string;
    individual_id: string;
    full_name: string;
    family_name: string;
    given_name: string;
    /** Full-width katakana without spaces. */
    kana: string;
    dwelling: string;
    contact_email: string | null;
    /** Digits only. */
    phone: string;
    address: string;
    /** 電話番号2, digits only. */
    daytime_phone: string | null;
    wants_news: ColumnType<boolean, boolean | undefined, boolean>;
    /** Goes up with each new iTSCOM ID. */
    identity_version: ColumnType<number, number | undefined, number>;
    /** The session in which the present ID was chosen; null: there was none. */
    identity_session: ColumnType<string | null, string | null | undefined, string | null>;
    /** When another contact was last wished for, by the business clock; null: never at a terminal. */
    contact_wished_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
    /** The mailboxes that the operator keeps for the customer. */
    mail_addresses: ColumnType<string[], string[] | undefined, string[]>;
    /** How a forgotten password is replaced; operators say so. */
    reset_way: ColumnType<string, string | undefined, string>;
  };
  digital_identities: {
    login_id: string;
    customer_number: string;
    password_hash: string;
    /** The wish by which the customer chose it; null: it came another way. */
    change_id: string | null;
    /** The wish that it was issued for; null: it came another way. */
    issue_id: string | null;
  };
  products: {
    id: string;
    customer_number: string;
    offering_id: string;
    name: string;
    status: string;
    contract: Json;
    order_items: Json;
  };
  product_orders: {
    id: string;
    /** Unique for ever; the client's id of the order and its idempotency key. */
    external_id: string | null;
    customer_number: string | null;
    terminal_code: string | null;
    /** Of the terminal that sent it. */
    shop: string | null;
    category: string | null;
    state: string;
    held_reason: string | null;
    order_date: Date;
    completion_date: Date | null;
    /** By the system clock: when the fulfilment simulator takes its next step. */
    step_due_at: Date | null;
    request: Json;
    /** What central computed when it came; null where it couldn't. */
    quote: NullableJson;
    /** External id of the order whose place it takes; unique, so that one order is replaced once. */
    replaces: string | null;
    /** What an application made without the customer's contracts turned out to mean, items and totals; null: as sent. */
    resolved: NullableJson;
    /** What became of each item; null: the order isn't carried out. */
    outcome: NullableJson;
    /** Which of the customer's IDs its session had signed in with; null: none let it in, or a person released it. */
    identity_version: number | null;
    /** SHA-256 of the request's bytes, hex. */
    fingerprint: string;
    /** What was answered, to the byte; a repeat gets the same. */
    answer_body: string;
    answer_location: string;
  };
  sign_in_throttles: {
    key: string;
    /** Misses, and tries that are being compared. */
    failures: number;
    misses: Generated<number>;
    ends_at: Date;
  };
}
