import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { CODE_LIFE_SECONDS, type CodePurpose } from '../../shared/central-api/codes.ts';
import {
  type Registration,
  REGISTRATION_ERRORS,
  type RegistrationMail,
  type registrationCompletionRequestSchema,
  type registrationCompletionSchema,
  type registrationMailRequestSchema,
  type registrationRequestSchema,
} from '../../shared/central-api/registration.ts';
import { contractorPhone } from '../../shared/domain/contractor.ts';
import { brokenRules } from '../../shared/domain/password-rule.ts';
import { brokenIdRules } from '../../shared/domain/portal-id.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { PORTAL_TERMS } from '../../shared/domain/terms.ts';
import type { Codes } from '../codes/codes.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle } from '../identity/sign-in-throttle.ts';
import type { MailCustomer } from '../mail/mail-customer.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { createCompleteRegistration } from './complete-registration.ts';
import { contactsBeside } from './contact-choices.ts';
import type { MailTakenId } from './mail-taken-id.ts';
import { identityOf, OVER, type RegistrationRow, registrationRow } from './registration-row.ts';
import { verifyContractor } from './verify-contractor.ts';

export type Terminal = Extract<Caller, { kind: 'terminal' }>;
export type Completed = z.infer<typeof registrationCompletionSchema>;

/** `register-elsewhere`: on a page in a browser, whose mails speak of no terminal. */
export type RegistrationPurpose = Extract<CodePurpose, 'register' | 'register-elsewhere'>;

/** A registration that began at a terminal and goes on where its one-time password was redeemed. */
export interface RegistrationElsewhere
  extends Pick<
    RegistrationRow,
    'id' | 'customer_number' | 'staff_number' | 'verified_at' | 'identity_version' | 'login_id' | 'terms'
  > {
  readonly sessionId: string;
  readonly terminal: string;
  /** The answer was lost: it goes on as it is. */
  readonly isRepeat: boolean;
}

export interface Registrations {
  verify(
    terminal: Terminal,
    request: z.infer<typeof registrationRequestSchema>,
  ): Promise<Result<Registration, TmfFailure>>;
  mail(
    terminal: Terminal,
    id: string,
    request: z.infer<typeof registrationMailRequestSchema>,
    purpose: RegistrationPurpose,
  ): Promise<Result<RegistrationMail, TmfFailure>>;
  complete(
    terminal: Terminal,
    id: string,
    request: z.infer<typeof registrationCompletionRequestSchema>,
    purpose: RegistrationPurpose,
  ): Promise<Result<Completed, TmfFailure>>;
  underWay(terminal: Terminal, id: string, sessionId: string): Promise<Result<RegistrationRow, TmfFailure>>;
  /** What somebody broke off: the address and the password that they chose. */
  eraseOver(): Promise<void>;
  /** null: its names are taken, or somebody has registered the contract since. */
  goOn(transaction: DatabaseTransaction, wish: RegistrationElsewhere): Promise<{ readonly replaces: boolean } | null>;
}

const REFUSED = unprocessable(REGISTRATION_ERRORS.contractorRefused, 'No contract is known by that');
const RULE = unprocessable(REGISTRATION_ERRORS.rule, 'ID or password break the rules, or its terms were not accepted');
const LIFE_MS = CODE_LIFE_SECONDS * 1000;
/** A terminal that lost the answer asks again within it; what was begun before is over by then. */
const KEPT_WHEN_DONE_MS = 24 * 60 * 60_000;

/** From the contractor's proof to the new iTSCOM ID. Nothing of it counts before `complete`. */
export function createRegistrations(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
  readonly mailTakenId: MailTakenId;
}): Registrations {
  const { db, clocks, codes, mailCustomer, mailTakenId } = context;
  const throttle = createSignInThrottle(db);

  async function eraseOver(): Promise<void> {
    const now = clocks.system();
    await db
      .deleteFrom('registrations')
      .where(({ and, eb, or }) =>
        or([
          and([eb('done_at', 'is', null), eb('expires_at', '<=', new Date(now))]),
          eb('done_at', '<=', new Date(now - KEPT_WHEN_DONE_MS)),
        ]),
      )
      .execute();
  }

  return {
    eraseOver,
    verify: async ({ terminal, shop }, { id, sessionId, contractor }) => {
      const here = { kind: 'terminal', id: terminal } as const;
      // Who is tried for, however it is written; what can't be a number is nobody's.
      const who = { kind: 'contractor', id: contractorPhone(contractor.phone) ?? randomUUID() } as const;
      if (!(await throttle.takeTry(here, clocks.system()))) {
        const until = (await throttle.lockedUntil(here, clocks.system())) ?? clocks.system();
        return err(throttled(until - clocks.system()));
      }
      const mayTry = await throttle.takeTry(who, clocks.system());
      const verified = await verifyContractor(db, contractor);
      if (!mayTry || verified.kind === 'refused') {
        await throttle.noteMiss(mayTry ? [here, who] : [here], clocks.system());
        return err(REFUSED);
      }
      await throttle.giveBack(here);
      await throttle.giveBack(who);
      if (verified.kind === 'additional') {
        return ok({ id, state: 'additional', replaces: false });
      }
      const { customer } = verified;
      const now = clocks.system();
      const begun = {
        ...{ customer_number: customer.number, verified_at: new Date(now), expires_at: new Date(now + LIFE_MS) },
        ...{
          identity_version: customer.identity_version,
          staff_number: null,
          login_id: null,
          password_hash: null,
          language: null,
          terms: null,
        },
      };
      const put = await db
        .insertInto('registrations')
        .values({ id, terminal_code: terminal, session_id: sessionId, ...begun, done_at: null, registered_at: null })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet(begun)
            .where('registrations.terminal_code', '=', terminal)
            .where('registrations.session_id', '=', sessionId)
            .where('registrations.done_at', 'is', null),
        )
        .executeTakeFirst();
      if (put.numInsertedOrUpdatedRows === 0n) return err(OVER);
      await writeAudit(db, { kind: 'terminal', terminal, shop }, now, {
        action: 'create',
        resource: 'registration',
        resourceId: id,
        customerNumber: customer.number,
        detail: contractor.proof.kind,
      });
      return ok({ id, state: 'verified', replaces: (await identityOf(db, customer.number)) !== null });
    },

    underWay: async (terminal, id, sessionId) => {
      const row = await registrationRow(db, terminal, id, sessionId).executeTakeFirst();
      const isUnderWay = row !== undefined && row.done_at === null && row.expires_at.getTime() > clocks.system();
      return isUnderWay ? ok(row) : err(OVER);
    },

    goOn: async (transaction, { isRepeat, terminal, sessionId, ...wish }) => {
      const replaces = (await identityOf(transaction, wish.customer_number)) !== null;
      if (isRepeat) return { replaces };
      // Else whoever goes on would hear it at the very end.
      const customer = await lockCustomer(transaction, wish.customer_number);
      if (customer?.identity_version !== wish.identity_version) return null;
      const put = await transaction
        .insertInto('registrations')
        .values({
          ...{
            ...wish,
            terminal_code: terminal,
            session_id: sessionId,
            expires_at: new Date(clocks.system() + LIFE_MS),
          },
          ...{ password_hash: null, language: null, done_at: null, registered_at: null },
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return put.numInsertedOrUpdatedRows === 0n ? null : { replaces };
    },

    mail: async (terminal, id, { sessionId, loginId, password, terms, language }, purpose) => {
      if (brokenIdRules(loginId).length > 0 || brokenRules('portal', password).length > 0) return err(RULE);
      if (!terms.some((one) => one.id === PORTAL_TERMS)) return err(RULE);
      const found = await registrationRow(db, terminal, id, sessionId).executeTakeFirst();
      if (found === undefined || found.done_at !== null || found.expires_at.getTime() <= clocks.system())
        return err(OVER);
      const { customer_number } = found;
      const made = await codes.make(customer_number);
      if (!made.ok) return made;
      const password_hash = await hashPassword(password);
      return db.transaction().execute(async (transaction): Promise<Result<RegistrationMail, TmfFailure>> => {
        // As completion does: it may have come meanwhile.
        const customer = await lockCustomer(transaction, customer_number);
        if (customer === null) return err(OVER);
        const now = clocks.system();
        const chosen = await transaction
          .updateTable('registrations')
          .set({
            ...{ login_id: loginId, password_hash, language, terms: JSON.stringify(terms) },
            expires_at: new Date(now + LIFE_MS),
          })
          .where('id', '=', id)
          .where('done_at', 'is', null)
          .where('expires_at', '>', new Date(now))
          .executeTakeFirst();
        if (chosen.numUpdatedRows === 0n) return err(OVER);
        const owner = await ownerOf(transaction, loginId);
        const isFree = owner === null || owner === customer_number;
        await codes.issue(transaction, made.value, {
          ...{ id, purpose, terminal: terminal.terminal, sessionId, language, withLink: true },
          // The owner of that mailbox learns it from a mail, nobody from the terminal.
          ...(isFree ? { customerNumber: customer_number, address: loginId } : { customerNumber: null, address: null }),
        });
        if (!isFree) await mailTakenId(transaction, { id, loginId, owner, language, purpose });
        return ok({ id, expiresInSeconds: CODE_LIFE_SECONDS, ...contactsBeside(customer, loginId) });
      });
    },

    complete: createCompleteRegistration({ db, clocks, codes, mailCustomer }),
  };
}

/** Whose contract has that ID. */
async function ownerOf(transaction: DatabaseTransaction, loginId: string): Promise<string | null> {
  const row = await transaction
    .selectFrom('digital_identities')
    .select('customer_number')
    .where('login_id', '=', loginId)
    .executeTakeFirst();
  return row?.customer_number ?? null;
}
