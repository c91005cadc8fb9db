import type { Json, NullableJson } from './json.ts';

export interface TerminalTables {
  shops: {
    id: string;
    name: string;
    phone: string;
  };
  /** One row per code, for ever: receipt numbers begin with it, so none is given to a second machine. */
  terminals: {
    code: string;
    shop: string;
    /** SHA-256 of the device code that the approval was for. */
    device_code_hash: string;
    /** SHA-256 of the token with which the key may be registered; null: not collected yet. */
    registration_token_hash: string | null;
    /** Staff number, or who else approved it. */
    approved_by: string;
    approved_at: Date;
    /** RFC 7638 thumbprint of the terminal's key; null: approved, not registered yet. */
    client_id: string | null;
    /** The OAuth client's metadata with its public key. */
    client: NullableJson;
    enrolled_at: Date | null;
    /** The run of the terminal's program that last got a token. */
    instance: string | null;
    /** When two machines were last seen to use this terminal's key. */
    shared_key_seen_at: Date | null;
    revoked_by: string | null;
    revoked_at: Date | null;
  };
  /** Runs that another one has followed: none of them asks for a token again unless the key was copied. */
  past_terminal_instances: {
    client_id: string;
    instance: string;
    ended_at: Date;
  };
  /** The authorization server's own short-lived records: device codes, grants, tokens, used assertions. */
  oauth_records: {
    model: string;
    id: string;
    payload: Json;
    user_code: string | null;
    grant_id: string | null;
    consumed_at: Date | null;
    expires_at: Date;
  };
}
