import { createHash } from 'node:crypto';
import {
  CAPTURE_ERRORS,
  CAPTURE_LIMITS,
  type CapturePart,
  type CaptureRequest,
  type CaptureState,
} from '../../shared/central-api/captures.ts';
import { FINAL_STATES } from '../../shared/central-api/product-order.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Seal } from '../identity/seal.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { CaptureTables } from '../store/tables/captures.ts';

/** Of which terminal's application, and which picture. */
export interface CaptureKey {
  readonly applicationId: string;
  readonly hash: string;
  readonly terminal: string;
}

/** Where pictures lie, and what keeps them unreadable there. */
interface CaptureStore {
  readonly db: Database | DatabaseTransaction;
  readonly seal: Seal;
}

/** Whose order never came by then: the terminal brings them again if it ever does. */
const ABANDONED_MS = 30 * 24 * 60 * 60 * 1000;

const conflict = (code: string, reason: string): TmfFailure => ({ status: 409, code, reason });
const WRONG_HASH = unprocessable(CAPTURE_ERRORS.hash, 'The content is not what its hash says: send it again');

type Row = CaptureTables['captures'];

const stateOf = ({ hash, bytes, received, completed_at }: Row): CaptureState => ({
  ...{ hash, bytes, received },
  complete: completed_at !== null,
});

/** Told as whole, kept not at all: of an application that is settled, central needs no picture. */
const unneeded = (hash: string, bytes: number): CaptureState => ({ hash, bytes, received: bytes, complete: true });

/** A repeat gives how it stands. */
export function declareCapture(
  db: Database,
  key: CaptureKey,
  { bytes, mediaType }: CaptureRequest,
  now: number,
): Promise<Result<CaptureState, TmfFailure>> {
  return db.transaction().execute(async (transaction) => {
    const known = await lockCapture(transaction, key);
    if (!known.ok) return known;
    if (await isSettledApplication(transaction, key.applicationId)) return ok(unneeded(key.hash, bytes));
    if (known.value !== null) {
      return known.value.bytes === bytes && known.value.media_type === mediaType
        ? ok(stateOf(known.value))
        : err(conflict('capture-differs', 'It was told of with another size or type'));
    }
    const others = await transaction
      .selectFrom('captures')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('application_id', '=', key.applicationId)
      .executeTakeFirstOrThrow();
    if (Number(others.count) >= CAPTURE_LIMITS.ofApplication) {
      return err(unprocessable('too-many-captures', 'The application has as many as one may have'));
    }
    await transaction
      .insertInto('captures')
      .values({
        ...{ application_id: key.applicationId, hash: key.hash, terminal_code: key.terminal },
        ...{ media_type: mediaType, bytes, received: 0, declared_at: new Date(now), completed_at: null },
        erased_at: null,
      })
      .onConflict((twice) => twice.doNothing())
      .execute();
    return ok({ hash: key.hash, bytes, received: 0, complete: false });
  });
}

export async function findCapture(db: Database, key: CaptureKey): Promise<Result<CaptureState, TmfFailure>> {
  const row = await db
    .selectFrom('captures')
    .selectAll()
    .where('application_id', '=', key.applicationId)
    .where('hash', '=', key.hash)
    .where('terminal_code', '=', key.terminal)
    .executeTakeFirst();
  return row === undefined ? err(NOT_FOUND) : ok(stateOf(row));
}

/** Where it becomes whole, its hash decides: what is not what it says is forgotten, and can be sent again from the start. */
export function addPart(
  { db, seal }: CaptureStore & { readonly db: Database },
  key: CaptureKey,
  { offset, base64 }: CapturePart,
  now: number,
): Promise<Result<CaptureState, TmfFailure>> {
  const content = Buffer.from(base64, 'base64');
  return db.transaction().execute(async (transaction) => {
    const locked = await lockCapture(transaction, key);
    if (!locked.ok) return locked;
    const row = locked.value;
    if (row === null) return err(NOT_FOUND);
    if (await isSettledApplication(transaction, key.applicationId)) return ok(unneeded(row.hash, row.bytes));
    if (row.completed_at !== null) return ok(stateOf(row));
    if (offset !== row.received) return err(conflict(CAPTURE_ERRORS.offset, `It goes on at byte ${row.received}`));
    const received = offset + content.length;
    if (content.length === 0 || content.length > CAPTURE_LIMITS.partBytes || received > row.bytes) {
      return err(unprocessable('capture-part', 'The part is empty, too large or goes beyond the end'));
    }
    await transaction
      .insertInto('capture_parts')
      .values({
        ...{ application_id: row.application_id, hash: row.hash, starts_at: offset },
        ...{ content: null, sealed_content: seal.seal(content.toString('base64')) },
      })
      .execute();
    const isWhole = received === row.bytes;
    if (isWhole && (await hashOf({ db: transaction, seal }, key)) !== row.hash) {
      await forgetParts(transaction, key.applicationId, key.hash);
      await setReceived(transaction, key, 0, null);
      return err(WRONG_HASH);
    }
    const completedAt = isWhole ? new Date(now) : null;
    await setReceived(transaction, key, received, completedAt);
    return ok(stateOf({ ...row, received, completed_at: completedAt }));
  });
}

/** Whether every one of these is there, whole, from that terminal. */
export async function areComplete(
  transaction: DatabaseTransaction,
  { applicationId, terminal }: Pick<CaptureKey, 'applicationId' | 'terminal'>,
  hashes: readonly string[],
): Promise<boolean> {
  const rows = await transaction
    .selectFrom('captures')
    .select('hash')
    .where('application_id', '=', applicationId)
    .where('terminal_code', '=', terminal)
    .where('completed_at', 'is not', null)
    // Nobody erases them as abandoned before their order is there.
    .orderBy('hash')
    .forUpdate()
    .execute();
  const there = new Set(rows.map(({ hash }) => hash));
  return hashes.every((hash) => there.has(hash));
}

/** Central needs none of an application's pictures any more. */
export async function eraseCaptures(
  transaction: DatabaseTransaction,
  applicationId: string,
  now: number,
): Promise<void> {
  // First, for its locks: a part that comes at the same moment is either there to be deleted, or finds it settled.
  await transaction
    .updateTable('captures')
    .set({ erased_at: new Date(now) })
    .where('application_id', '=', applicationId)
    .where('erased_at', 'is', null)
    .execute();
  await transaction.deleteFrom('capture_parts').where('application_id', '=', applicationId).execute();
}

async function isSettledApplication(transaction: DatabaseTransaction, applicationId: string): Promise<boolean> {
  const settled = await transaction
    .selectFrom('product_orders')
    .select('id')
    .where('external_id', '=', applicationId)
    .where('state', 'in', FINAL_STATES)
    .executeTakeFirst();
  return settled !== undefined;
}

/** null: there is none, or not all of it, or it is erased, or another key sealed it. */
export async function readCapture(
  { db, seal }: CaptureStore,
  applicationId: string,
  hash: string,
): Promise<{ readonly mediaType: string; readonly content: Buffer } | null> {
  const row = await db
    .selectFrom('captures')
    .select('media_type')
    .where('application_id', '=', applicationId)
    .where('hash', '=', hash)
    .where('completed_at', 'is not', null)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const parts = await partsOf({ db, seal }, { applicationId, hash });
  return parts === null ? null : { mediaType: row.media_type, content: Buffer.concat(parts) };
}

/** `ok(null)`: nobody told of it yet. Another terminal's is as good as none. */
async function lockCapture(
  transaction: DatabaseTransaction,
  { applicationId, hash, terminal }: CaptureKey,
): Promise<Result<Row | null, TmfFailure>> {
  const row = await transaction
    .selectFrom('captures')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('hash', '=', hash)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return ok(null);
  return row.terminal_code === terminal ? ok(row) : err(NOT_FOUND);
}

/** null: not all of it can be opened. */
async function hashOf(store: CaptureStore, key: CaptureKey): Promise<string | null> {
  const parts = await partsOf(store, key);
  if (parts === null) return null;
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

async function partsOf(
  { db, seal }: CaptureStore,
  { applicationId, hash }: Pick<CaptureKey, 'applicationId' | 'hash'>,
): Promise<Uint8Array[] | null> {
  const rows = await db
    .selectFrom('capture_parts')
    .select(['content', 'sealed_content'])
    .where('application_id', '=', applicationId)
    .where('hash', '=', hash)
    .orderBy('starts_at')
    .execute();
  const parts = rows.map(({ content, sealed_content: sealed }) => {
    const opened = sealed === null ? null : seal.open(sealed);
    return opened === null ? content : Buffer.from(opened, 'base64');
  });
  return parts.every((part) => part !== null) ? parts : null;
}

async function setReceived(
  transaction: DatabaseTransaction,
  { applicationId, hash }: CaptureKey,
  received: number,
  completedAt: Date | null,
): Promise<void> {
  await transaction
    .updateTable('captures')
    .set({ received, completed_at: completedAt })
    .where('application_id', '=', applicationId)
    .where('hash', '=', hash)
    .execute();
}

async function forgetParts(transaction: DatabaseTransaction, applicationId: string, hash: string): Promise<void> {
  await transaction
    .deleteFrom('capture_parts')
    .where('application_id', '=', applicationId)
    .where('hash', '=', hash)
    .execute();
}

export async function eraseAbandoned(db: Database, now: number): Promise<void> {
  const abandoned = await db
    .selectFrom('captures')
    .select('application_id')
    .distinct()
    .where('declared_at', '<', new Date(now - ABANDONED_MS))
    .where('erased_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('product_orders')
            .select('product_orders.id')
            .whereRef('product_orders.external_id', '=', 'captures.application_id'),
        ),
      ),
    )
    .execute();
  for (const { application_id: id } of abandoned) {
    await db.transaction().execute(async (transaction) => {
      // An order that is being accepted holds them; it may have come by now.
      const own = transaction.selectFrom('captures').select('hash').where('application_id', '=', id);
      await own.orderBy('hash').forUpdate().execute();
      const order = transaction.selectFrom('product_orders').select('id').where('external_id', '=', id);
      if ((await order.executeTakeFirst()) !== undefined) return;
      await transaction.deleteFrom('capture_parts').where('application_id', '=', id).execute();
      await transaction.deleteFrom('captures').where('application_id', '=', id).execute();
    });
  }
}
