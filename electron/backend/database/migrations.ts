export interface Migration {
  /** The database's `user_version` after it. Never reused, never changed once released; only adds. */
  readonly version: number;
  readonly sql: string;
}

/**
 * No column here holds a customer's data in the clear: the customer key is an HMAC, everything else of an application is
 * in the encrypted payload. Who of the staff did something is there by their number, since the record of it stays.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      create table outbox (
        seq integer primary key,
        id text not null unique,
        customer_key blob not null,
        procedure_id text not null,
        receipt_number text not null,
        receipt_day text not null,
        receipt_counter integer not null,
        fingerprint blob not null,
        state text not null check (state in ('queued', 'sending', 'accepted', 'held', 'rejected', 'withdrawn')),
        reason text,
        progress text,
        order_id text,
        captured_at integer not null,
        changed_at integer not null,
        payload blob,
        terminal_wrapped_key blob,
        rescue_wrapped_key blob,
        rescue_key_id text,
        unique (receipt_day, receipt_counter)
      ) strict;
      create index outbox_waiting on outbox (seq) where state in ('queued', 'sending');
      create index outbox_held on outbox (seq) where state = 'held';
      create index outbox_to_erase on outbox (seq) where state = 'accepted' and terminal_wrapped_key is not null;

      create table kept_document (
        name text primary key,
        version text not null,
        etag text,
        as_of integer not null,
        body text not null
      ) strict;
    `,
  },
  {
    version: 2,
    sql: `
      alter table outbox add column corrected_by text;
      create index outbox_corrected on outbox (corrected_by) where corrected_by is not null;

      create table outbox_act (
        seq integer primary key,
        application_id text not null,
        at integer not null,
        staff_number text not null,
        kind text not null,
        detail text
      ) strict;
      create index outbox_act_application on outbox_act (application_id);
    `,
  },
  {
    version: 3,
    sql: `
      alter table outbox add column taken_by text;
    `,
  },
  {
    version: 4,
    sql: `
      alter table outbox_act add column reported_at integer;
      create index outbox_act_reprint on outbox_act (seq) where kind = 'reprint' and reported_at is null;
    `,
  },
  {
    version: 5,
    sql: `
      alter table outbox add column exported_at integer;
    `,
  },
  {
    version: 6,
    sql: `
      create table secret_print (
        issue_id text primary key,
        attempt integer not null,
        begun_at integer not null
      ) strict;
    `,
  },
  {
    version: 7,
    sql: `
      create table salvage (
        seq integer primary key,
        at integer not null,
        kept_aside text not null,
        saved integer not null,
        missing text not null,
        receipt_day text not null,
        receipt_counter integer not null,
        is_checked integer not null,
        confirmed_at integer,
        confirmed_by text
      ) strict;
    `,
  },
  {
    version: 8,
    sql: `
      create table capture (
        seq integer primary key,
        application_id text not null,
        hash text not null,
        media_type text not null,
        bytes integer not null,
        file text not null unique,
        terminal_wrapped_key blob not null,
        rescue_wrapped_key blob not null,
        rescue_key_id text not null,
        unique (application_id, hash)
      ) strict;
    `,
  },
  {
    version: 9,
    sql: `
      create table kept_draft (
        id text primary key,
        customer_key blob not null,
        kept_at integer not null,
        payload blob not null
      ) strict;
    `,
  },
  {
    version: 10,
    sql: `
      alter table salvage add column log_cut integer;
      alter table salvage add column identity_lost integer;
    `,
  },
  {
    version: 11,
    sql: 'alter table salvage add column last_seq integer;',
  },
];
