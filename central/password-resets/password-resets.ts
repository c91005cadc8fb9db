import { createHash } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { z } from 'zod';
import { CODE_LIFE_SECONDS } from '../../shared/central-api/codes.ts';
import {
  PASSWORD_RESET_ERRORS,
  type passwordResetCompletionRequestSchema,
  type passwordResetCompletionSchema,
  type passwordResetRequestSchema,
  type passwordResetSchema,
  type ResetWay,
  resetWaySchema,
} from '../../shared/central-api/password-resets.ts';
import { languageSchema } from '../../shared/domain/language.ts';
import { brokenRules } from '../../shared/domain/password-rule.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Codes } from '../codes/codes.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle } from '../identity/sign-in-throttle.ts';
import type { MailCustomer } from '../mail/mail-customer.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database } from '../store/schema.ts';
import { RESET_OVER } from './reset-over.ts';
import { resetRow } from './reset-row.ts';
import type { createWayOfNobody } from './reset-way.ts';

type Terminal = Extract<Caller, { kind: 'terminal' }>;
type Begun = z.infer<typeof passwordResetSchema>;
type Completed = z.infer<typeof passwordResetCompletionSchema>;

/** Whose password: of the ID that was typed, or of the customer whom staff serve. */
export type ResetSubject =
  | { readonly kind: 'typed'; readonly loginId: string }
  | { readonly kind: 'served'; readonly customerNumber: string; readonly staffNumber: string };

export interface PasswordResets {
  /**
   * By the code, it is mailed to the contact address, and a repeat mails another. For an ID that nobody has all goes on
   * the same.
   */
  begin(
    place: Pick<Terminal, 'terminal'>,
    subject: ResetSubject,
    request: z.infer<typeof passwordResetRequestSchema>,
  ): Promise<Result<Begun, TmfFailure>>;
  complete(
    terminal: Terminal,
    id: string,
    request: z.infer<typeof passwordResetCompletionRequestSchema>,
  ): Promise<Result<Completed, TmfFailure>>;
  /** What somebody broke off, or was done long since. */
  eraseOver(): Promise<void>;
}

const NO_CONTACT: TmfFailure = {
  ...{ status: 409, code: PASSWORD_RESET_ERRORS.noContact },
  reason: 'The customer has no ID, or no contact address that a code could be mailed to',
};
const RULE = unprocessable(PASSWORD_RESET_ERRORS.rule, 'The new password breaks the rules');
const LIFE_MS = CODE_LIFE_SECONDS * 1000;

export function createPasswordResets(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
  readonly wayOfNobody: ReturnType<typeof createWayOfNobody>;
}): PasswordResets {
  const { db, clocks, codes, mailCustomer, wayOfNobody } = context;
  const throttle = createSignInThrottle(db);

  return {
    begin: async ({ terminal }, subject, { id, sessionId, language }) => {
      if (subject.kind === 'typed') {
        // Each counts as a miss does: what is told apart would tell whose ID it is.
        const here = { kind: 'terminal', id: terminal } as const;
        if (!(await throttle.takeTry(here, clocks.system()))) {
          const until = (await throttle.lockedUntil(here, clocks.system())) ?? clocks.system();
          return err(throttled(until - clocks.system()));
        }
        await throttle.noteMiss([here], clocks.system());
      }
      const found = await reachable(db, subject);
      if (found === null && subject.kind === 'served') return err(NO_CONTACT);
      // By the ID as it was typed, whoever's it is: else the count would tell whether it is somebody's.
      const name = subject.kind === 'typed' ? subject.loginId : subject.customerNumber;
      // Asked for each, so that it takes as long.
      const wayOf = await wayOfNobody(name);
      const way = found?.way ?? wayOf;
      const made = way === 'code' ? await codes.make(name) : null;
      if (made?.ok === false) return made;
      const row = {
        ...{ way, mail_subject: way === 'code' ? null : createHash('sha256').update(name).digest('hex') },
        ...{ question: null, answer_hash: null, answer_tries: 0, issue_id: null },
        ...{ terminal_code: terminal, session_id: sessionId, language, changed_at: null },
        ...{ customer_number: found?.customerNumber ?? null, login_id: found?.loginId ?? null },
        identity_version: found?.identityVersion ?? null,
        staff_number: subject.kind === 'served' ? subject.staffNumber : null,
        expires_at: new Date(clocks.system() + LIFE_MS),
      };
      return db.transaction().execute(async (transaction): Promise<Result<Begun, TmfFailure>> => {
        const put = await transaction
          .insertInto('password_resets')
          .values({ id, ...row })
          .onConflict((conflict) =>
            conflict
              .column('id')
              .doUpdateSet(row)
              .where('password_resets.terminal_code', '=', terminal)
              .where('password_resets.session_id', '=', sessionId)
              .where('password_resets.changed_at', 'is', null),
          )
          .executeTakeFirst();
        if (put.numInsertedOrUpdatedRows === 0n) return err(RESET_OVER);
        if (made !== null) {
          await codes.issue(transaction, made.value, {
            ...{ id, purpose: 'reset-password', terminal, sessionId, language, withLink: false },
            ...{ customerNumber: found?.customerNumber ?? null, address: found?.address ?? null },
          });
        }
        return ok({ id, way, expiresInSeconds: CODE_LIFE_SECONDS });
      });
    },

    complete: async (terminal, id, { sessionId, password }) => {
      if (brokenRules('portal', password).length > 0) return err(RULE);
      const password_hash = await hashPassword(password);
      const completed = await db.transaction().execute(async (transaction): Promise<Result<Completed, TmfFailure>> => {
        const here = { terminal: terminal.terminal, sessionId };
        const known = await resetRow(transaction, id, here).executeTakeFirst();
        // One change of a contract's ID at a time, a registration too, whichever central it reaches.
        const customer = await lockCustomer(transaction, known?.customer_number ?? null);
        const row = await resetRow(transaction, id, here).forUpdate().executeTakeFirst();
        if (customer === null || row === undefined || row.login_id === null) return err(RESET_OVER);
        if (row.way !== 'code') return err(RESET_OVER);
        const { login_id: loginId } = row;
        const present = await transaction
          .selectFrom('digital_identities')
          .select(['password_hash', 'change_id'])
          .where('login_id', '=', loginId)
          .where('customer_number', '=', customer.number)
          .forUpdate()
          .executeTakeFirst();
        // The customer has another ID since.
        if (present === undefined) return err(RESET_OVER);
        if (row.changed_at !== null) {
          const isRepeat = present.change_id === id && (await verify(present.password_hash, password));
          return isRepeat ? ok({ id, loginId, changedAt: row.changed_at.toISOString() }) : err(RESET_OVER);
        }
        // Registered anew, or changed, since the code was asked for.
        if (row.identity_version !== customer.identity_version) return err(RESET_OVER);
        const proved = await codes.spend(transaction, id, { ...here, purpose: 'reset-password' });
        if (!proved.ok || proved.value.customerNumber !== customer.number) return err(RESET_OVER);
        // Whoever still reads the mailbox of before is no longer the customer.
        if (proved.value.address !== customer.contact_email) return err(RESET_OVER);
        const changedAt = new Date(clocks.business());
        await transaction
          .updateTable('digital_identities')
          .set({ password_hash, change_id: id, issue_id: null })
          .where('login_id', '=', loginId)
          .execute();
        await renewIdentity(transaction, customer.number, null);
        await transaction.updateTable('password_resets').set({ changed_at: changedAt }).where('id', '=', id).execute();
        await mailCustomer(transaction, {
          ...{ news: 'password-changed', about: `passwordReset/${id}`, place: 1, customerNumber: customer.number },
          ...{ terminal: terminal.terminal, language: languageSchema.parse(row.language) },
          account: { kind: 'portal', login: loginId },
        });
        await writeInteraction(transaction, clocks.business(), {
          ...{ customerNumber: customer.number, shop: terminal.shop, terminal: terminal.terminal },
          ...{ staffNumber: row.staff_number, sessionId, orderId: null },
          visit: { kind: 'password-changed', account: 'portal' },
        });
        await writeAudit(transaction, terminal, clocks.system(), {
          ...{ action: 'change', resource: 'digitalIdentity', resourceId: null, customerNumber: customer.number },
          detail: 'password reset by a code to the contact address',
        });
        return ok({ id, loginId, changedAt: changedAt.toISOString() });
      });
      // Who locked the ID by guesses at the forgotten one can sign in.
      if (completed.ok) await throttle.clear({ kind: 'login', id: completed.value.loginId });
      return completed;
    },

    eraseOver: async () => {
      await db.deleteFrom('password_resets').where('expires_at', '<=', new Date(clocks.system())).execute();
    },
  };
}

interface Reachable {
  readonly customerNumber: string;
  readonly identityVersion: number;
  readonly loginId: string;
  readonly address: string;
  readonly way: ResetWay;
}

/** null: nobody has it, or no mail reaches them. */
async function reachable(db: Database, subject: ResetSubject): Promise<Reachable | null> {
  const row = await db
    .selectFrom('digital_identities')
    .innerJoin('customers', 'customers.number', 'digital_identities.customer_number')
    .select(['customer_number', 'login_id', 'contact_email', 'identity_version', 'reset_way'])
    .where(({ eb }) =>
      subject.kind === 'typed'
        ? eb('login_id', '=', subject.loginId)
        : eb('customer_number', '=', subject.customerNumber),
    )
    .executeTakeFirst();
  if (row === undefined || row.contact_email === null) return null;
  return {
    ...{ customerNumber: row.customer_number, identityVersion: row.identity_version },
    ...{ loginId: row.login_id, address: row.contact_email, way: resetWaySchema.parse(row.reset_way) },
  };
}
