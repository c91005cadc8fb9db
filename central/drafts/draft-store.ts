import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  DRAFT_ERRORS,
  draftContentSchema,
  type DraftRequest,
  type draftSchema,
  type KeptDraft,
} from '../../shared/central-api/drafts.ts';
import type { OrderState } from '../../shared/central-api/product-order.ts';
import { addDays, type BusinessDate, businessDate } from '../../shared/domain/business-time.ts';
import { lastDayOf, MOST_DRAFTS } from '../../shared/domain/kept-draft.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { Seal } from '../identity/seal.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { type IdentityMark, isPresentIdentity } from '../store/identity-version.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { DraftTables } from '../store/tables/drafts.ts';

type Row = DraftTables['drafts'];

export interface DraftContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly seal: Seal;
}

/** In whose session it was kept. */
export interface DraftOwner {
  readonly customerNumber: string;
  /** The ID that signed in; null: staff opened the session. */
  readonly identity: IdentityMark | null;
}

/**
 * Those that were kept without the line come beyond the number that a terminal lets a customer keep, since the customer
 * holds a slip of each already.
 */
const MOST_OF_CUSTOMER = 2 * MOST_DRAFTS;

/** A second application of a draft may come from a terminal that was off for a month. */
const USED_IS_KNOWN_DAYS = 60;

const TAKEN_BACK: readonly string[] = ['cancelled', 'rejected', 'failed'] satisfies readonly OrderState[];

const USED: TmfFailure = { status: 409, code: DRAFT_ERRORS.used, reason: 'It has become an application already' };
const EXPIRED = unprocessable(DRAFT_ERRORS.expired, 'Its days are over');
const TOO_MANY = unprocessable(DRAFT_ERRORS.tooMany, 'The customer has as many drafts as one may have');
const DIFFERS = unprocessable('draft-differs', 'The id belongs to a draft with another content');

const recordOf = (row: Pick<Row, 'id' | 'procedure_id' | 'kept_at' | 'expires_on'>): KeptDraft => ({
  id: row.id,
  procedureId: row.procedure_id,
  keptAt: row.kept_at.toISOString(),
  expiresOn: row.expires_on,
});

/** A repeat gives what is there, whatever became of it since. */
export function keepDraft(
  { db, clocks, seal }: DraftContext,
  caller: Caller,
  owner: DraftOwner,
  id: string,
  request: DraftRequest,
): Promise<Result<KeptDraft, TmfFailure>> {
  const { customerNumber, identity } = owner;
  const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const now = clocks.business();
  const today = businessDate(now);
  const keptAt = Math.min(now, Date.parse(request.keptAt));
  const expiresOn = lastDayOf(businessDate(keptAt));
  return db.transaction().execute(async (transaction) => {
    const customer = await lockCustomer(transaction, customerNumber);
    if (customer === null || (identity !== null && !isPresentIdentity(customer, identity))) return err(NOT_FOUND);
    const known = await find(transaction, id);
    if (known !== undefined && known.customer_number !== customerNumber) return err(NOT_FOUND);
    if (known?.fingerprint === fingerprint) return ok(recordOf(known));
    const before = request.replaces === null ? undefined : await find(transaction, request.replaces);
    const isOwn = before?.customer_number === customerNumber;
    if (known !== undefined) {
      if (known.used_by === null) return err(DIFFERS);
      // The application came first, and knew nothing of what the draft had taken the place of.
      if (isOwn) await close(transaction, before.id, { replaced_by: id });
      return err(USED);
    }
    if (expiresOn < today) return err(EXPIRED);
    if (isOwn && before.used_by !== null) return err(USED);
    const others = (await openOf(transaction, customerNumber, today)).filter((one) => one.id !== request.replaces);
    if (others.length >= MOST_OF_CUSTOMER) return err(TOO_MANY);
    if (isOwn && before.sealed_content !== null) {
      await close(transaction, before.id, { replaced_by: id });
    }
    const row = {
      ...{ id, customer_number: customerNumber, procedure_id: request.content.procedureId },
      ...{ kept_at: new Date(keptAt), expires_on: expiresOn, fingerprint, used_by: null, replaced_by: null },
      sealed_content: seal.seal(JSON.stringify(request.content)),
    };
    await transaction.insertInto('drafts').values(row).execute();
    await writeAudit(transaction, caller, clocks.system(), {
      ...{ action: 'create', resource: 'draft', resourceId: id, customerNumber },
    });
    return ok(recordOf(row));
  });
}

/** The customer's own that can be gone on with, newest first. */
export async function listDrafts({ db, clocks }: DraftContext, customerNumber: string): Promise<KeptDraft[]> {
  const rows = await openOf(db, customerNumber, businessDate(clocks.business()));
  return rows.map(recordOf);
}

export async function readDraft(
  { db, clocks, seal }: DraftContext,
  caller: Extract<Caller, { kind: 'customer' }>,
  id: string,
): Promise<Result<z.infer<typeof draftSchema>, TmfFailure>> {
  const { customerNumber } = caller;
  const rows = await openOf(db, customerNumber, businessDate(clocks.business()));
  const row = rows.find((one) => one.id === id);
  const text = row?.sealed_content == null ? null : seal.open(row.sealed_content);
  if (row === undefined || text === null) return err(NOT_FOUND);
  await writeAudit(db, caller, clocks.system(), { action: 'read', resource: 'draft', resourceId: id, customerNumber });
  return ok({ ...recordOf(row), content: tolerant(draftContentSchema).parse(JSON.parse(text)) });
}

/** The customer throws it away. */
export function eraseDraft(
  { db, clocks }: DraftContext,
  caller: Extract<Caller, { kind: 'customer' }>,
  id: string,
): Promise<Result<void, TmfFailure>> {
  const { customerNumber } = caller;
  return db.transaction().execute(async (transaction) => {
    await lockCustomer(transaction, customerNumber);
    const row = await find(transaction, id);
    if (row?.customer_number !== customerNumber || row.sealed_content === null) return err(NOT_FOUND);
    await close(transaction, id, {});
    await writeAudit(transaction, caller, clocks.system(), {
      ...{ action: 'remove', resource: 'draft', resourceId: id, customerNumber },
    });
    return ok(undefined);
  });
}

/**
 * Whether nothing else has come of the draft: no other application, and no draft that took its place. Whoever had it
 * open at two counters may have applied at both. The customer's row is locked.
 */
export async function isFreeDraft(
  transaction: DatabaseTransaction,
  { id, customerNumber, applicationId }: { id: string; customerNumber: string; applicationId: string },
): Promise<boolean> {
  const row = await find(transaction, id);
  if (row?.customer_number !== customerNumber) return true;
  return row.replaced_by === null && (row.used_by ?? applicationId) === applicationId;
}

/** Whether another application came of the draft that was not taken back. The customer's row is locked. */
export async function hasOtherApplication(
  transaction: DatabaseTransaction,
  { id, customerNumber, applicationId }: { id: string; customerNumber: string; applicationId: string },
): Promise<boolean> {
  const row = await find(transaction, id);
  if (row?.customer_number !== customerNumber || row.used_by === null || row.used_by === applicationId) return false;
  const other = await transaction
    .selectFrom('product_orders')
    .select('state')
    .where('external_id', '=', row.used_by)
    .executeTakeFirst();
  return other !== undefined && !TAKEN_BACK.includes(other.state);
}

/** An application came of it. Known also where the draft itself is still on its way from a terminal. */
export async function settleDraft(
  transaction: DatabaseTransaction,
  used: { id: string; customerNumber: string; applicationId: string; procedureId: string },
  now: number,
): Promise<void> {
  const { id, customerNumber, applicationId, procedureId } = used;
  const expires_on = addDays(businessDate(now), USED_IS_KNOWN_DAYS);
  await transaction
    .insertInto('drafts')
    .values({
      ...{ id, customer_number: customerNumber, procedure_id: procedureId, kept_at: new Date(now) },
      ...{ expires_on, fingerprint: null, sealed_content: null },
      ...{ used_by: applicationId, replaced_by: null },
    })
    .onConflict((known) =>
      known
        .column('id')
        .doUpdateSet({ sealed_content: null, used_by: applicationId, expires_on })
        .where('drafts.customer_number', '=', customerNumber)
        .where('drafts.used_by', 'is', null),
    )
    .execute();
}

export async function eraseExpiredDrafts({ db, clocks }: Pick<DraftContext, 'db' | 'clocks'>): Promise<void> {
  await db.deleteFrom('drafts').where('expires_on', '<', businessDate(clocks.business())).execute();
}

function find(db: Database | DatabaseTransaction, id: string): Promise<Row | undefined> {
  return db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
}

function openOf(db: Database | DatabaseTransaction, customerNumber: string, today: BusinessDate): Promise<Row[]> {
  return db
    .selectFrom('drafts')
    .selectAll()
    .where('customer_number', '=', customerNumber)
    .where('sealed_content', 'is not', null)
    .where('expires_on', '>=', today)
    .orderBy('kept_at', 'desc')
    .orderBy('id')
    .execute();
}

async function close(
  transaction: DatabaseTransaction,
  id: string,
  what: Partial<Pick<Row, 'replaced_by'>>,
): Promise<void> {
  await transaction
    .updateTable('drafts')
    .set({ sealed_content: null, ...what })
    .where('id', '=', id)
    .execute();
}
