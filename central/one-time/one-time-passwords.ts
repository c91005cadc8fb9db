import { createHash, randomBytes, randomInt } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { z } from 'zod';
import {
  ONE_TIME_ERRORS,
  ONE_TIME_LIFE_SECONDS,
  ONE_TIME_TRIES,
  type oneTimePasswordRequestSchema,
  type oneTimePasswordSchema,
  type Redemption,
} from '../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { makeOneTimePassword, oneTimeAsTyped, oneTimeNumber } from '../../shared/domain/one-time-password.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { acceptedTermsSchema, PORTAL_TERMS } from '../../shared/domain/terms.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import { takeAttempt } from '../accounts/issue-password.ts';
import { forbidden, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle, type ThrottleSubject } from '../identity/sign-in-throttle.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import type { Registrations } from '../registration/registrations.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { identityVersionOf } from '../store/identity-version.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { findTerminal } from '../terminals/terminal-store.ts';
import type { OneTimePasswordTables } from '../store/tables/one-time-passwords.ts';
import { endBegun } from './revoke-one-time-password.ts';

type Row = Readonly<Omit<OneTimePasswordTables['one_time_passwords'], 'tries'>> & { readonly tries: number };
type IssueRequest = z.infer<typeof oneTimePasswordRequestSchema>;
type Issued = z.infer<typeof oneTimePasswordSchema>;
interface IssuedNow {
  readonly answer: Issued;
  /** Of the same wish, whose answer was lost, and which nobody has tried. */
  readonly isInPlaceOfUntried: boolean;
}

/** Where a registration goes on. */
export type RedemptionPlace =
  | {
      readonly kind: 'terminal';
      readonly terminal: Extract<Caller, { kind: 'terminal' }>;
      readonly registrationId: string;
      readonly sessionId: string;
    }
  /** A browser; `token` is known to it alone. */
  | { readonly kind: 'page'; readonly token: string; readonly browser: ThrottleSubject };

/**
 * Lets a registration whose contractor is known go on elsewhere: at another terminal, or on the customer's phone. Single
 * use, half an hour, five tries; all in the database, so that every central of it counts the same.
 */
export interface OneTimePasswords {
  /** Those that can't be used any more, unless what was begun with one is under way and may have to be ended. */
  eraseOver(): Promise<void>;
  /** What is answered is kept nowhere: the next attempt takes it back. */
  issue(caller: Caller, request: IssueRequest): Promise<Result<Issued, TmfFailure>>;
  redeem(place: RedemptionPlace, typed: string): Promise<Result<Redemption, TmfFailure>>;
}

const RULE = unprocessable('one-time-password-rule', 'The terms of the ID were not accepted');
const REFUSED = unprocessable(ONE_TIME_ERRORS.refused, 'That one-time password is worth nothing');
const NUMBERS_TRIED = 20;

/** The names under which a browser's registration is kept; nobody comes from them to the token. */
export function visitOfPage(token: string): { readonly id: string; readonly sessionId: string } {
  const hash = createHash('sha256').update(token).digest();
  return { id: uuidOf(hash.subarray(0, 16)), sessionId: uuidOf(hash.subarray(16)) };
}

/** Version 8: what is in it is ours. */
function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export async function createOneTimePasswords(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly registrations: Registrations;
  readonly publicUrl: () => string;
}): Promise<OneTimePasswords> {
  const { db, clocks, registrations, publicUrl } = context;
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomBytes(16).toString('hex'));

  const make = async (): Promise<{ readonly password: string; readonly hash: string }> => {
    const password = makeOneTimePassword((below) => randomInt(below));
    return { password, hash: await hashPassword(password) };
  };

  /** Counted before it is compared, so that many at once get no more tries than many in turn. */
  async function takeTry(number: string): Promise<Row | null> {
    const row = await db
      .updateTable('one_time_passwords')
      .set((own) => ({ tries: own('tries', '+', 1) }))
      .where('number', '=', number)
      .where('tries', '<', ONE_TIME_TRIES)
      .where('expires_at', '>', new Date(clocks.system()))
      .returningAll()
      .executeTakeFirst();
    return row ?? null;
  }

  async function put(
    transaction: DatabaseTransaction,
    row: Omit<Row, 'number' | 'password_hash' | 'tries' | 'redeemed_for'>,
    first: { readonly password: string; readonly hash: string },
  ): Promise<string> {
    let made = first;
    for (let at = 0; at < NUMBERS_TRIED; at += 1) {
      const inserted = await transaction
        .insertInto('one_time_passwords')
        .values({ ...row, number: oneTimeNumber(made.password), password_hash: made.hash, redeemed_for: null })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 1n) return made.password;
      made = await make();
    }
    throw new Error('no number is free for a one-time password');
  }

  return {
    eraseOver: async () => {
      const now = new Date(clocks.system());
      await db
        .deleteFrom('one_time_passwords')
        .where('expires_at', '<=', now)
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('registrations')
                .select('registrations.id')
                .whereRef('registrations.id', '=', 'one_time_passwords.redeemed_for')
                .where('registrations.done_at', 'is', null)
                .where('registrations.expires_at', '>', now),
            ),
          ),
        )
        .execute();
    },
    issue: async (caller, { id, attempt, registration, terms, language }) => {
      if (!terms.some((one) => one.id === PORTAL_TERMS)) return err(RULE);
      const known = await ownerOf(caller, registration);
      if (!known.ok) return known;
      const { terminal, shop, ...owner } = known.value;
      const who = { kind: 'one-time', id: owner.customer_number } as const;
      if (!(await throttle.takeTry(who, clocks.system()))) return err(await waitFor(who));
      const made = await make();
      const issued = await db.transaction().execute(async (transaction): Promise<Result<IssuedNow, TmfFailure>> => {
        const now = clocks.system();
        const taken = await takeAttempt(transaction, {
          ...{ id, terminal_code: terminal, account_id: null, attempt, at: new Date(now), revoked_at: null },
        });
        if (!taken.ok) return taken;
        const earlier = await transaction
          .deleteFrom('one_time_passwords')
          // The one before it of the same registration is worth nothing from now on.
          .where(({ eb, or }) =>
            or([eb('id', '=', id), ...(owner.begun_by === null ? [] : [eb('begun_by', '=', owner.begun_by)])]),
          )
          .returning(['id', 'tries', 'redeemed_for'])
          .execute();
        // Before its registrations, as everywhere.
        await lockCustomer(transaction, owner.customer_number);
        await endBegun(transaction, earlier);
        const password = await put(
          transaction,
          {
            ...{ id, ...owner, terminal_code: terminal, terms: JSON.stringify(terms), language },
            expires_at: new Date(now + ONE_TIME_LIFE_SECONDS * 1000),
          },
          made,
        );
        await writeInteraction(transaction, clocks.business(), {
          ...{ customerNumber: owner.customer_number, shop, terminal, staffNumber: owner.staff_number },
          ...{ sessionId: owner.begun_by, orderId: null, visit: { kind: 'one-time-password-issued' } },
        });
        await writeAudit(transaction, caller, now, {
          ...{ action: 'create', resource: 'oneTimePassword', resourceId: id, customerNumber: owner.customer_number },
          detail: `attempt ${attempt}`,
        });
        const page = `${publicUrl()}${CENTRAL_PATHS.oneTimePage}`;
        return ok({
          answer: { id, password, expiresInSeconds: ONE_TIME_LIFE_SECONDS, page },
          isInPlaceOfUntried: earlier.some((one) => one.id === id && one.tries === 0 && one.redeemed_for === null),
        });
      });
      // What issued nothing costs nothing, and a wish whose answers are lost costs one.
      if (!issued.ok || issued.value.isInPlaceOfUntried) await throttle.giveBack(who);
      return issued.ok ? ok(issued.value.answer) : issued;
    },

    redeem: async (place, typed) => {
      const here: ThrottleSubject =
        place.kind === 'terminal' ? { kind: 'terminal', id: place.terminal.terminal } : place.browser;
      if (!(await throttle.takeTry(here, clocks.system()))) return err(await waitFor(here));
      const password = oneTimeAsTyped(typed);
      const row = password === null ? null : await takeTry(oneTimeNumber(password));
      const isRight = await verify(row?.password_hash ?? nobody, password ?? typed);
      const redeemed = row === null || !isRight ? null : await goOn(place, row);
      if (redeemed === null) {
        await throttle.noteMiss([here], clocks.system());
        return err(REFUSED);
      }
      await throttle.giveBack(here);
      return ok(redeemed);
    },
  };

  /** Whose registration it is to be for. */
  async function ownerOf(
    caller: Caller,
    registration: IssueRequest['registration'],
  ): Promise<
    Result<
      Pick<Row, 'customer_number' | 'staff_number' | 'begun_by' | 'verified_at' | 'identity_version' | 'login_id'> & {
        readonly terminal: string;
        readonly shop: string;
      },
      TmfFailure
    >
  > {
    if (caller.kind === 'customer' && caller.staff !== null && registration === null) {
      return ok({
        ...{ customer_number: caller.customerNumber, staff_number: caller.staff.staffNumber },
        ...{ begun_by: caller.sessionId, verified_at: new Date(clocks.system()), login_id: null },
        identity_version: await identityVersionOf(db, caller.customerNumber),
        ...{ terminal: caller.terminal, shop: caller.shop },
      });
    }
    if (caller.kind !== 'terminal' || registration === null) {
      return err(forbidden('The terminal of a registration, or staff for a customer, has one-time passwords issued'));
    }
    const found = await registrations.underWay(caller, registration.id, registration.sessionId);
    if (!found.ok) return found;
    const { customer_number, staff_number, verified_at, identity_version, login_id } = found.value;
    return ok({
      ...{ customer_number, staff_number, begun_by: registration.id, verified_at, identity_version, login_id },
      ...{ terminal: caller.terminal, shop: caller.shop },
    });
  }

  /** null: it is worth nothing any more. The try that was right is given back, so that a lost answer costs none. */
  async function goOn(place: RedemptionPlace, row: Row): Promise<Redemption | null> {
    const visit =
      place.kind === 'terminal' ? { id: place.registrationId, sessionId: place.sessionId } : visitOfPage(place.token);
    const terminal = place.kind === 'terminal' ? place.terminal.terminal : row.terminal_code;
    return db.transaction().execute(async (transaction) => {
      const now = await transaction
        .selectFrom('one_time_passwords')
        .select('redeemed_for')
        .where('id', '=', row.id)
        // Another was issued under its name meanwhile.
        .where('password_hash', '=', row.password_hash)
        .where('expires_at', '>', new Date(clocks.system()))
        .forUpdate()
        .executeTakeFirst();
      if (now === undefined || (now.redeemed_for ?? visit.id) !== visit.id) return null;
      const isRepeat = now.redeemed_for !== null;
      const { customer_number, staff_number, verified_at, identity_version, login_id, terms } = row;
      const begun = await registrations.goOn(transaction, {
        ...{ ...visit, terminal, isRepeat, customer_number, staff_number, verified_at, identity_version },
        ...{ login_id, terms },
      });
      if (begun === null) return null;
      await transaction
        .updateTable('one_time_passwords')
        .set((own) => ({ redeemed_for: visit.id, tries: own('tries', '-', 1) }))
        .where('id', '=', row.id)
        .execute();
      if (!isRepeat) {
        const { shop = '' } = (await findTerminal(transaction, terminal)) ?? {};
        await writeAudit(transaction, { kind: 'terminal', terminal, shop }, clocks.system(), {
          ...{ action: 'change', resource: 'oneTimePassword', resourceId: row.id, customerNumber: customer_number },
          detail: `redeemed at a ${place.kind}`,
        });
      }
      return {
        ...{ id: visit.id, loginId: login_id, replaces: begun.replaces },
        terms: tolerant(acceptedTermsSchema.array()).parse(JSON.parse(terms)),
      };
    });
  }

  async function waitFor(subject: ThrottleSubject): Promise<TmfFailure> {
    const until = (await throttle.lockedUntil(subject, clocks.system())) ?? clocks.system();
    return throttled(until - clocks.system());
  }
}
