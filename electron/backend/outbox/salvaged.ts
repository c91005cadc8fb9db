import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Heartbeat } from '../../../shared/central-api/heartbeat.ts';
import type { SalvageReport } from '../../../shared/contract/salvage.ts';
import { eraseAside } from '../database/salvage/erase-aside.ts';
import { parseMissing } from '../database/salvage/salvage-database.ts';
import { isDiskFailure, type SqliteDatabase } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { SystemClock } from '../ports.ts';
import { unseal } from './envelope.ts';
import { parseSendable } from './payload.ts';
import type { TerminalKey } from './terminal-key.ts';

interface SealedRow {
  readonly id: string;
  readonly fingerprint: Buffer;
  readonly payload: Buffer | null;
  readonly terminalWrappedKey: Buffer | null;
}

interface SalvageRow {
  readonly at: number;
  readonly keptAside: string;
  readonly saved: number;
  readonly missing: string;
  readonly logCut: 0 | 1 | null;
  readonly identityLost: 0 | 1 | null;
}

const TOLD_TO_OPERATOR_MS = 30 * 24 * 3_600_000;
/** Somebody may find more in it of what was lost than the terminal does. */
const KEPT_FOR_MAINTENANCE_MS = 14 * 24 * 3_600_000;

/** What staff have to know after a damaged database was taken over. */
export interface Salvaged {
  /** null: nothing happened, or staff have confirmed that they know. */
  report(): SalvageReport | null;
  /** For the operator, for a while also after staff have confirmed: a failing disk is the operator's to mend. */
  health(): Heartbeat['salvage'];
  confirm(staffNumber: string): void;
  /** Erases damaged databases of which nothing waits any more: what central has must not be openable here. */
  eraseSettled(): void;
}

/** @param now epoch ms */
export function readSalvaged(parts: {
  db: SqliteDatabase;
  dataDir: string;
  terminalKey: TerminalKey;
  now: SystemClock;
  log: Logger;
}): Salvaged {
  const { db, dataDir, now, log } = parts;
  holdUnreadable(parts);
  const columns = 'at, kept_aside as keptAside, saved, missing, log_cut as logCut, identity_lost as identityLost';
  const unconfirmed = db.prepare<[], SalvageRow>(
    `select ${columns} from salvage where confirmed_at is null order by seq`,
  );
  // A machine's clock may be off by years, either way.
  const recent = db.prepare<{ now: number }, SalvageRow>(
    `select ${columns} from salvage where confirmed_at is null or abs(@now - at) < ${TOLD_TO_OPERATOR_MS}`,
  );
  const damaged = db
    .prepare<[], string>(`select receipt_number from outbox where state = 'held' and reason = 'damaged' order by seq`)
    .pluck();
  const confirm = db.prepare('update salvage set confirmed_at = ?, confirmed_by = ? where confirmed_at is null');
  const settled = db
    .prepare<[number], string>(
      `select kept_aside from salvage where confirmed_at <= ? - iif(missing = '[]' and log_cut is not 1, 0, ${KEPT_FOR_MAINTENANCE_MS})
         and not exists (select 1 from outbox where state in ('queued', 'sending', 'held'))`,
    )
    .pluck();
  function eraseSettled(): void {
    try {
      for (const aside of settled.all(now())) eraseAside(join(dataDir, aside));
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'a damaged database is not erased yet');
    }
  }
  eraseSettled();
  return {
    eraseSettled,
    report: () => {
      const all = unconfirmed.all();
      const last = all.at(-1);
      if (last === undefined) return null;
      const missing = all.flatMap((one) => parseMissing(one.missing)).map(({ receiptNumber }) => receiptNumber);
      return {
        at: last.at,
        saved: last.saved,
        damaged: damaged.all(),
        missing: missing.filter((number) => number !== null),
        missingWithoutNumber: missing.filter((number) => number === null).length,
        isLogCut: all.some(({ logCut }) => logCut === 1),
        isIdentityLost: all.some(({ identityLost }) => identityLost === 1),
        keptAside: last.keptAside,
      };
    },
    health: () => {
      const all = recent.all({ now: now() });
      if (all.length === 0) return null;
      return {
        missing: all.flatMap((one) => parseMissing(one.missing)).length,
        damaged: damaged.all().length,
        isLogCut: all.some(({ logCut }) => logCut === 1),
        isIdentityLost: all.some(({ identityLost }) => identityLost === 1),
      };
    },
    confirm: (staffNumber) => {
      confirm.run(now(), staffNumber);
      eraseSettled();
    },
  };
}

/** What was saved and can't be opened is staff's work at once, and stands in no other's way. */
function holdUnreadable({ db, terminalKey, now, log }: Parameters<typeof readSalvaged>[0]): void {
  if (db.prepare('select 1 from salvage where is_checked = 0').get() === undefined) return;
  const hold = db.prepare(`update outbox set state = 'held', reason = 'damaged', changed_at = ? where id = ?`);
  db.transaction(() => {
    const rows = db
      .prepare<[], SealedRow>(
        `select id, fingerprint, payload, terminal_wrapped_key as terminalWrappedKey from outbox
         where state in ('queued', 'sending') or (state = 'held' and order_id is null and reason <> 'terminal-revoked')`,
      )
      .all();
    const damaged = rows.filter((row) => !isWhole(row, terminalKey));
    for (const { id } of damaged) hold.run(now(), id);
    log.error({ code: 'database-salvaged', damaged: damaged.length }, 'a damaged database was taken over');
    db.exec('update salvage set is_checked = 1');
  }).immediate();
}

function isWhole({ id, fingerprint, payload, terminalWrappedKey }: SealedRow, { wrappingKey }: TerminalKey): boolean {
  if (payload === null || terminalWrappedKey === null) return false;
  const bytes = unseal({ id, payload, terminalWrappedKey, wrappingKey });
  const read = bytes.ok ? parseSendable(bytes.value) : bytes;
  return read.ok && createHash('sha256').update(read.value.body).digest().equals(fingerprint);
}
