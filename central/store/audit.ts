import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../identity/caller.ts';
import type { Database, DatabaseTransaction } from './schema.ts';

export interface AuditEntry {
  readonly action: 'read' | 'create' | 'change';
  readonly resource: string;
  /** null: a list. */
  readonly resourceId: string | null;
  readonly customerNumber: string | null;
}

/** Appends who saw or changed what. Nothing in central changes or removes an entry. @param at epoch ms, system clock */
export async function writeAudit(
  db: Database | DatabaseTransaction,
  caller: Caller,
  at: number,
  entry: AuditEntry,
): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      id: uuidv7(),
      at: new Date(at),
      ...actor(caller),
      action: entry.action,
      resource: entry.resource,
      resource_id: entry.resourceId,
      customer_number: entry.customerNumber,
    })
    .execute();
}

function actor(caller: Caller): { actor_kind: string; actor: string; terminal_code: string | null } {
  switch (caller.kind) {
    case 'terminal':
      return { actor_kind: caller.kind, actor: caller.terminal, terminal_code: caller.terminal };
    case 'customer':
      return { actor_kind: caller.kind, actor: caller.customerNumber, terminal_code: caller.terminal };
    case 'operator':
      return { actor_kind: caller.kind, actor: caller.subject, terminal_code: null };
  }
}
