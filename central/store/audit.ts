import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../identity/caller.ts';
import type { Database, DatabaseTransaction } from './schema.ts';
import { WITH_COMMIT } from './with-commit.ts';

/** Who did it: a token's bearer, or a member of staff at central's own pages. */
export type Actor = Caller | { readonly kind: 'page'; readonly number: string };

export interface AuditEntry {
  readonly action: 'read' | 'create' | 'change' | 'remove';
  readonly resource: string;
  /** null: a list. */
  readonly resourceId: string | null;
  readonly customerNumber: string | null;
  /** What else is to be known of it, never a person's data: the field that was searched, a reason code. */
  readonly detail?: string;
}

/** What an entry's hash is over, besides the hash before it. */
export interface AuditContent {
  readonly id: string;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor: string;
  readonly terminal_code: string | null;
  readonly action: string;
  readonly resource: string;
  readonly resource_id: string | null;
  readonly customer_number: string | null;
  readonly detail: string | null;
}

/** Hash before the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** For ever as it is: entries of any age are verified with it. */
export function chainText(entry: AuditContent): string {
  return JSON.stringify([
    entry.id,
    entry.at.toISOString(),
    entry.actor_kind,
    entry.actor,
    entry.terminal_code,
    entry.action,
    entry.resource,
    entry.resource_id,
    entry.customer_number,
    entry.detail,
  ]);
}

export const chainHash = (before: string, entry: AuditContent): string =>
  createHash('sha256')
    .update(`${before}${chainText(entry)}`)
    .digest('hex');

/**
 * Appends who saw or changed what. Each entry's hash is over the one before it, so that nobody changes or removes one
 * unseen. The chain's end is a row that stays locked until the transaction ends, so a transaction writes it with its commit.
 * @param at epoch ms, system clock
 */
export async function writeAudit(
  db: Database | DatabaseTransaction,
  actor: Actor,
  at: number,
  { action, resource, resourceId, customerNumber, detail }: AuditEntry,
): Promise<void> {
  const { actor_kind, actor: who, terminal_code } = columnsOf(actor);
  const entry: AuditContent = {
    id: uuidv7(),
    at: new Date(at),
    actor_kind,
    actor: who,
    terminal_code,
    action,
    resource,
    resource_id: resourceId,
    customer_number: customerNumber,
    detail: detail ?? null,
  };
  await sql`${sql.raw(WITH_COMMIT)}
    with chain as (
      update audit_chain
      set length = length + 1, hash = encode(sha256(convert_to(hash || ${chainText(entry)}, 'UTF8')), 'hex')
      returning length, hash
    )
    insert into audit_log (place, hash, id, at, actor_kind, actor, terminal_code, action, resource, resource_id,
      customer_number, detail)
    select length, hash, ${entry.id}, ${entry.at}::timestamptz, ${actor_kind}, ${who}, ${terminal_code}, ${action},
      ${resource}, ${resourceId}, ${customerNumber}, ${entry.detail}
    from chain`.execute(db);
}

function columnsOf(actor: Actor): { actor_kind: string; actor: string; terminal_code: string | null } {
  switch (actor.kind) {
    case 'terminal':
      return { actor_kind: actor.kind, actor: actor.terminal, terminal_code: actor.terminal };
    case 'customer':
      return actor.staff === null
        ? { actor_kind: actor.kind, actor: actor.customerNumber, terminal_code: actor.terminal }
        : { actor_kind: 'staff', actor: actor.staff.staffNumber, terminal_code: actor.terminal };
    case 'staff':
      return { actor_kind: actor.kind, actor: actor.number, terminal_code: actor.terminal };
    case 'operator':
      return { actor_kind: actor.kind, actor: actor.subject, terminal_code: null };
    case 'page':
      return { actor_kind: 'staff', actor: actor.number, terminal_code: null };
  }
}
