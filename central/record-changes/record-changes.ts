import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { CODE_ERRORS, CODE_LIFE_SECONDS } from '../../shared/central-api/codes.ts';
import {
  RECORD_ERRORS,
  type RecordWish,
  type recordChangeRequestSchema,
  type recordChangeSchema,
  type recordCompletionSchema,
  recordWishSchema,
} from '../../shared/central-api/record-changes.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import { contactEmail, contactPhone } from '../../shared/domain/contact.ts';
import { languageSchema } from '../../shared/domain/language.ts';
import { brokenIdRules } from '../../shared/domain/portal-id.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Codes } from '../codes/codes.ts';
import { isSessionOver, SESSION_OVER } from '../http/session-over.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { AccountNews, MailCustomer } from '../mail/mail-customer.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import { errorCode } from '../start-failure.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { withdrawLater } from '../codes/withdraw-later.ts';
import { type CustomerRow, lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

const keptWishSchema = tolerant(recordWishSchema);

type Customer = Extract<Caller, { kind: 'customer' }>;
type Begun = z.infer<typeof recordChangeSchema>;

export interface RecordChanges {
  /** Keeps the wish, and mails the code that proves the address where one is needed. */
  begin(caller: Customer, request: z.infer<typeof recordChangeRequestSchema>): Promise<Result<Begun, TmfFailure>>;
  /** What somebody broke off, with the address or phone that they typed, and what was done long since. */
  eraseOver(): Promise<void>;
  /** Once; a repeat is answered as the first was. */
  complete(caller: Customer, id: string): Promise<Result<z.infer<typeof recordCompletionSchema>, TmfFailure>>;
}

const RULE = unprocessable(RECORD_ERRORS.rule, 'ID, phone or address break their rules');
const NO_CONTACT: TmfFailure = {
  ...{ status: 409, code: RECORD_ERRORS.noContact },
  reason: 'There is no contact address that a code could be mailed to',
};
const TAKEN: TmfFailure = { status: 409, code: RECORD_ERRORS.idTaken, reason: 'Somebody has that ID' };
const OVER: TmfFailure = { status: 409, code: CODE_ERRORS.over, reason: 'That wish is over' };

/** A terminal that lost the answer asks again within it. */
const KEPT_WHEN_DONE_MS = 24 * 60 * 60_000;

export function createRecordChanges(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
}): RecordChanges {
  const { db, clocks, codes, mailCustomer } = context;

  return {
    eraseOver,
    begin: async (caller, { id, wish: asked, language }) => {
      const { customerNumber, terminal, sessionId } = caller;
      const wish = asAllowed(asked);
      if (wish === null) return err(RULE);
      const done = await db
        .selectFrom('record_changes')
        .select('wish')
        .where('id', '=', id)
        .where('customer_number', '=', customerNumber)
        .where('session_id', '=', sessionId)
        .where('done_at', 'is not', null)
        .executeTakeFirst();
      // Who lost the answer and comes back for it hears at the completion what became of it.
      if (done !== undefined) {
        return isSame(keptWishSchema.parse(done.wish), wish) ? ok({ id, mailedTo: null }) : err(OVER);
      }
      const present = await presentOf(db, customerNumber);
      if (wish.kind === 'id' && present.contact_email === null) return err(NO_CONTACT);
      const follows = wish.kind === 'id' && wish.contact === 'id' && wish.loginId !== present.contact_email;
      if (follows) {
        if (!(await isOwnerProved(caller, id, wish.loginId))) return err(OVER);
        const holder = await holderOf(db, wish.loginId);
        if (holder !== null && holder !== customerNumber) return err(TAKEN);
      }
      const mailedTo = wish.kind === 'contact' ? wish.email : follows ? wish.loginId : present.contact_email;
      const isProof = mailedTo !== null && (wish.kind === 'id' || mailedTo !== present.contact_email);
      const made = isProof ? await codes.make(customerNumber) : null;
      if (made !== null && !made.ok) return made;
      const row = {
        ...{ customer_number: customerNumber, terminal_code: terminal, session_id: sessionId, language },
        ...{ wish: JSON.stringify(wish), needs_code: made !== null, done_at: null },
        made_at: new Date(clocks.system()),
      };
      return db.transaction().execute(async (transaction): Promise<Result<Begun, TmfFailure>> => {
        const put = await transaction
          .insertInto('record_changes')
          .values({ id, ...row })
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet(row)
              .where('record_changes.customer_number', '=', customerNumber)
              .where('record_changes.session_id', '=', sessionId)
              .where('record_changes.done_at', 'is', null),
          )
          .executeTakeFirst();
        if (put.numInsertedOrUpdatedRows === 0n) return err(OVER);
        if (made === null) return ok({ id, mailedTo: null });
        await codes.issue(transaction, made.value, {
          ...{ id, purpose: wish.kind === 'id' ? 'change-id' : 'change-contact', customerNumber, address: mailedTo },
          ...{ terminal, sessionId, language, withLink: false },
        });
        return ok({ id, mailedTo });
      });
    },
    complete: async (caller, id) => {
      const { customerNumber, terminal, sessionId } = caller;
      try {
        return await db.transaction().execute(async (transaction) => {
          // One change of a contract's ID at a time, a registration too, whichever central it reaches.
          const customer = await lockCustomer(transaction, customerNumber);
          if (isSessionOver(customer, caller)) return err(SESSION_OVER);
          const row = await transaction
            .selectFrom('record_changes')
            .selectAll()
            .where('id', '=', id)
            .where('customer_number', '=', customerNumber)
            .where('session_id', '=', sessionId)
            .forUpdate()
            .executeTakeFirst();
          if (row === undefined) return err(NOT_FOUND);
          if (row.done_at !== null) return ok(await completed(transaction, id, { ...row, done_at: row.done_at }));
          const wish = keptWishSchema.parse(row.wish);
          if (row.needs_code) {
            const purpose = wish.kind === 'id' ? 'change-id' : 'change-contact';
            const spent = await codes.spend(transaction, id, { terminal, sessionId, purpose });
            if (!spent.ok) return spent;
          }
          const changedAt = new Date(clocks.business());
          await apply(transaction, caller, { id, wish, changedAt, language: languageSchema.parse(row.language) });
          await transaction.updateTable('record_changes').set({ done_at: changedAt }).where('id', '=', id).execute();
          return ok(await completed(transaction, id, { customer_number: customerNumber, done_at: changedAt }));
        });
      } catch (error) {
        // What was proved stays proved: another ID takes another wish.
        if (error instanceof IdTaken) return err(TAKEN);
        if (error instanceof NoId) return err(OVER);
        throw error;
      }
    },
  };

  async function eraseOver(): Promise<void> {
    const now = clocks.system();
    await db
      .deleteFrom('record_changes')
      .where(({ and, eb, or }) =>
        or([
          and([eb('done_at', 'is', null), eb('made_at', '<=', new Date(now - CODE_LIFE_SECONDS * 1000))]),
          eb('made_at', '<=', new Date(now - KEPT_WHEN_DONE_MS)),
        ]),
      )
      .execute();
  }

  /** The code that went to the contact address was proved here, for that ID. */
  async function isOwnerProved(
    { customerNumber, terminal, sessionId }: Customer,
    id: string,
    loginId: string,
  ): Promise<boolean> {
    const row = await db
      .selectFrom('record_changes')
      .select('wish')
      .where('id', '=', id)
      .where('customer_number', '=', customerNumber)
      .where('session_id', '=', sessionId)
      .where('done_at', 'is', null)
      .executeTakeFirst();
    if (row === undefined) return false;
    const known = keptWishSchema.parse(row.wish);
    if (known.kind !== 'id' || known.loginId !== loginId) return false;
    // It was, before the present code went to the new ID.
    if (known.contact === 'id') return true;
    return codes.isProved(id, { terminal, sessionId, purpose: 'change-id' });
  }

  async function apply(
    transaction: DatabaseTransaction,
    caller: Customer,
    change: {
      readonly id: string;
      readonly wish: RecordWish;
      readonly changedAt: Date;
      readonly language: z.infer<typeof languageSchema>;
    },
  ): Promise<void> {
    const { id, wish, changedAt, language } = change;
    const { customerNumber } = caller;
    const before = await presentOf(transaction, customerNumber);
    const changes =
      wish.kind === 'id'
        ? { contact_email: wish.contact === 'id' ? wish.loginId : before.contact_email }
        : {
            contact_email: wish.email ?? before.contact_email,
            daytime_phone: wish.daytimePhone,
            wants_news: wish.wantsNews,
          };
    const news: Omit<AccountNews, 'place'> = {
      ...{ news: wish.kind === 'id' ? 'id-changed' : 'contact-changed', about: `recordChange/${id}` },
      ...{ customerNumber, terminal: caller.terminal, language },
      account:
        wish.kind === 'id'
          ? { kind: 'portal', login: wish.loginId }
          : {
              kind: 'contact',
              email: changes.contact_email === before.contact_email ? null : changes.contact_email,
              daytimePhone: wish.daytimePhone === before.daytime_phone ? null : wish.daytimePhone,
              wantsNews: wish.wantsNews === before.wants_news ? null : wish.wantsNews,
            },
    };
    // Where it was known until now hears of it too, in case it was somebody else.
    const isMoved = before.contact_email !== null && before.contact_email !== changes.contact_email;
    if (isMoved) await mailCustomer(transaction, { ...news, place: 1 });
    if (wish.kind === 'id' && (await moveId(transaction, customerNumber, wish.loginId))) {
      await renewIdentity(transaction, customerNumber, caller.sessionId);
    }
    if (changes.contact_email !== before.contact_email) await withdrawLater(transaction, customerNumber);
    if (wish.kind === 'contact' || changes.contact_email !== before.contact_email) {
      await transaction
        .updateTable('customers')
        .set({ ...changes, contact_wished_at: changedAt })
        .where('number', '=', customerNumber)
        .execute();
    }
    await mailCustomer(transaction, { ...news, place: 2 });
    await writeInteraction(transaction, clocks.business(), {
      ...{ customerNumber, shop: caller.shop, terminal: caller.terminal, sessionId: caller.sessionId, orderId: null },
      staffNumber: caller.staff?.staffNumber ?? null,
      visit: { kind: wish.kind === 'id' ? 'id-changed' : 'contact-changed' },
    });
    await writeAudit(transaction, caller, clocks.system(), {
      ...{ action: 'change', customerNumber },
      ...(wish.kind === 'id'
        ? { resource: 'digitalIdentity', resourceId: null, detail: 'iTSCOM ID changed by the customer' }
        : { resource: 'customer', resourceId: customerNumber, detail: 'contact changed' }),
    });
  }
}

class IdTaken extends Error {}
class NoId extends Error {}
const UNIQUE_VIOLATION = '23505';

/** false: it is the one that the customer has. */
async function moveId(transaction: DatabaseTransaction, customerNumber: string, loginId: string): Promise<boolean> {
  const holder = await holderOf(transaction, loginId);
  if (holder === customerNumber) return false;
  if (holder !== null) throw new IdTaken();
  const { numUpdatedRows } = await transaction
    .updateTable('digital_identities')
    .set({ login_id: loginId })
    .where('customer_number', '=', customerNumber)
    .executeTakeFirst()
    .catch((error: unknown) => {
      // Another customer took it since.
      if (errorCode(error) === UNIQUE_VIOLATION) throw new IdTaken();
      throw error;
    });
  if (numUpdatedRows === 0n) throw new NoId();
  return true;
}

/** Whose ID it is; null: nobody's. */
async function holderOf(db: Database | DatabaseTransaction, loginId: string): Promise<string | null> {
  const row = await db
    .selectFrom('digital_identities')
    .select('customer_number')
    .where('login_id', '=', loginId)
    .executeTakeFirst();
  return row?.customer_number ?? null;
}

async function completed(
  transaction: DatabaseTransaction,
  id: string,
  row: { readonly customer_number: string; readonly done_at: Date },
): Promise<z.infer<typeof recordCompletionSchema>> {
  const { contact_email } = await presentOf(transaction, row.customer_number);
  return { id, changedAt: row.done_at.toISOString(), contactEmail: contact_email };
}

/** Where mail goes is chosen after an ID is wished for. */
function isSame(one: RecordWish, other: RecordWish): boolean {
  if (one.kind === 'id') return other.kind === 'id' && one.loginId === other.loginId;
  return isDeepStrictEqual(one, other);
}

async function presentOf(
  db: Database | DatabaseTransaction,
  customerNumber: string,
): Promise<Pick<CustomerRow, 'contact_email' | 'daytime_phone' | 'wants_news'>> {
  return db
    .selectFrom('customers')
    .select(['contact_email', 'daytime_phone', 'wants_news'])
    .where('number', '=', customerNumber)
    .executeTakeFirstOrThrow();
}

/** As central keeps it; null: it breaks a rule. */
function asAllowed(wish: RecordWish): RecordWish | null {
  if (wish.kind === 'id') return brokenIdRules(wish.loginId).length === 0 ? wish : null;
  const daytimePhone = contactPhone(wish.daytimePhone);
  const email = wish.email === null ? null : contactEmail(wish.email);
  if (daytimePhone === null || (wish.email !== null && email === null)) return null;
  return { ...wish, daytimePhone, email };
}
