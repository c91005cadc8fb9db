import { randomInt } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { Selectable } from 'kysely';
import type { z } from 'zod';
import { CODE_LIFE_SECONDS } from '../../shared/central-api/codes.ts';
import {
  PASSWORD_RESET_ERRORS,
  type passwordResetIssueRequestSchema,
  type passwordResetIssueSchema,
  type passwordResetQuestionRequestSchema,
  type passwordResetQuestionSchema,
} from '../../shared/central-api/password-resets.ts';
import { issuePassword } from '../../shared/domain/issued-password.ts';
import { languageSchema } from '../../shared/domain/language.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { SECRET_ANSWER_TRIES, secretAnswer } from '../../shared/domain/secret-question.ts';
import { takeAttempt } from '../accounts/issue-password.ts';
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
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { PasswordResetTables } from '../store/tables/password-resets.ts';
import { RESET_OVER } from './reset-over.ts';
import { resetRow } from './reset-row.ts';

type Terminal = Extract<Caller, { kind: 'terminal' }>;
type Row = Selectable<PasswordResetTables['password_resets']>;
type Remembered = z.infer<typeof passwordResetQuestionSchema>;
type Issued = z.infer<typeof passwordResetIssueSchema>;

/** The way of the secret question (p.19-21), after it was begun. */
export interface QuestionResets {
  /**
   * Remembers question and answer, and mails a code; a repeat takes others, and mails anew. There is no link: who asks
   * chooses the answer, and the owner of the mailbox, who presses what a mail offers, need not be the one who asks.
   */
  remember(
    terminal: Terminal,
    id: string,
    request: z.infer<typeof passwordResetQuestionRequestSchema>,
  ): Promise<Result<Remembered, TmfFailure>>;
  /** What is answered is kept nowhere: the next attempt takes it back. */
  issue(
    terminal: Terminal,
    id: string,
    request: z.infer<typeof passwordResetIssueRequestSchema>,
  ): Promise<Result<Issued, TmfFailure>>;
}

const PURPOSE = 'reset-by-question';
const RULE = unprocessable(PASSWORD_RESET_ERRORS.rule, 'The answer has half-width symbols, nothing else, or too much');
const WRONG = unprocessable(PASSWORD_RESET_ERRORS.answerWrong, 'That is another question, or another answer');

export function createQuestionResets(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
}): QuestionResets {
  const { db, clocks, codes, mailCustomer } = context;
  const throttle = createSignInThrottle(db);

  const isOver = (row: Row): boolean => row.way !== 'secret-question' || row.expires_at.getTime() <= clocks.system();

  /** Counted before it is compared, and taken off the count when it was right. */
  async function compare(
    { terminal }: Terminal,
    { id, answer_hash, customer_number, question }: Row & { readonly answer_hash: string },
    typed: { readonly question: string; readonly answer: string },
  ): Promise<Result<void, TmfFailure>> {
    const counts = [
      { kind: 'terminal', id: terminal },
      { kind: 'code', id: `reset/${customer_number ?? id}` },
    ] as const;
    const [here] = counts;
    for (const subject of counts) {
      if (await throttle.takeTry(subject, clocks.system())) continue;
      if (subject !== here) await throttle.giveBack(here);
      const until = (await throttle.lockedUntil(subject, clocks.system())) ?? clocks.system();
      return err(throttled(until - clocks.system()));
    }
    const ofIt = db.updateTable('password_resets').where('id', '=', id).where('answer_hash', '=', answer_hash);
    const taken = await ofIt
      .set((own) => ({ answer_tries: own('answer_tries', '+', 1) }))
      .where('answer_tries', '<', SECRET_ANSWER_TRIES)
      .returning('answer_tries')
      .executeTakeFirst();
    const isRight = await verify(answer_hash, secretAnswer(typed.answer) ?? '');
    if (taken !== undefined && isRight && typed.question === question) {
      await ofIt.set((own) => ({ answer_tries: own('answer_tries', '-', 1) })).execute();
      for (const subject of counts) await throttle.giveBack(subject);
      return ok(undefined);
    }
    await throttle.noteMiss(counts, clocks.system());
    return err(taken === undefined || taken.answer_tries === SECRET_ANSWER_TRIES ? RESET_OVER : WRONG);
  }

  return {
    remember: async ({ terminal }, id, { sessionId, question, answer, language }) => {
      const given = secretAnswer(answer);
      if (given === null) return err(RULE);
      const place = { terminal, sessionId };
      const row = await resetRow(db, id, place).executeTakeFirst();
      if (row === undefined || row.mail_subject === null || isOver(row)) return err(RESET_OVER);
      const made = await codes.make(row.mail_subject);
      if (!made.ok) return made;
      const answer_hash = await hashPassword(given);
      return db.transaction().execute(async (transaction): Promise<Result<Remembered, TmfFailure>> => {
        const { numUpdatedRows } = await transaction
          .updateTable('password_resets')
          .set({
            ...{ question, answer_hash, answer_tries: 0, language },
            expires_at: new Date(clocks.system() + CODE_LIFE_SECONDS * 1000),
          })
          .where('id', '=', id)
          .where('way', '=', 'secret-question')
          // Begun anew meanwhile, for whomever.
          .where('mail_subject', '=', row.mail_subject)
          .where('changed_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return err(RESET_OVER);
        const customer =
          row.customer_number === null
            ? undefined
            : await transaction
                .selectFrom('customers')
                .select('contact_email')
                .where('number', '=', row.customer_number)
                .executeTakeFirst();
        await codes.issue(transaction, made.value, {
          ...{ id, purpose: PURPOSE, terminal, sessionId, language, withLink: false },
          ...{ customerNumber: row.customer_number, address: customer?.contact_email ?? null },
        });
        return ok({ id, expiresInSeconds: CODE_LIFE_SECONDS });
      });
    },

    issue: async (terminal, id, { sessionId, issueId, attempt, ...typed }) => {
      const place = { terminal: terminal.terminal, sessionId };
      const row = await resetRow(db, id, place).executeTakeFirst();
      if (row === undefined || row.answer_hash === null || isOver(row)) return err(RESET_OVER);
      const { answer_hash } = row;
      const mayTry = row.changed_at !== null || (await codes.isProved(id, { ...place, purpose: PURPOSE }));
      if (!mayTry) return err(RESET_OVER);
      const compared = await compare(terminal, { ...row, answer_hash }, typed);
      if (!compared.ok) return compared;
      const password = issuePassword((below) => randomInt(below));
      const password_hash = await hashPassword(password);
      const issued = await db.transaction().execute(async (transaction): Promise<Result<Issued, TmfFailure>> => {
        const customer = await lockCustomer(transaction, row.customer_number);
        const now = await resetRow(transaction, id, place).forUpdate().executeTakeFirst();
        if (customer === null || now === undefined || now.login_id === null) return err(RESET_OVER);
        // Another answer was given meanwhile, or the customer has another ID or password since.
        if (now.answer_hash !== answer_hash || now.identity_version !== customer.identity_version) {
          return err(RESET_OVER);
        }
        const { login_id: loginId } = now;
        const taken = await takeAttempt(transaction, {
          ...{ id: issueId, terminal_code: terminal.terminal, account_id: null, attempt },
          ...{ at: new Date(clocks.system()), revoked_at: null },
        });
        if (!taken.ok) return taken;
        if (now.changed_at === null) {
          const proved = await codes.spend(transaction, id, { ...place, purpose: PURPOSE });
          // Whoever still reads the mailbox of before is no longer the customer.
          const isTheirs =
            proved.ok &&
            proved.value.customerNumber === customer.number &&
            proved.value.address === customer.contact_email;
          if (!isTheirs) return err(RESET_OVER);
        }
        const { numUpdatedRows } = await transaction
          .updateTable('digital_identities')
          .set({ password_hash, change_id: null, issue_id: issueId })
          .where('login_id', '=', loginId)
          .where('customer_number', '=', customer.number)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return err(RESET_OVER);
        await renewIdentity(transaction, customer.number, null);
        const issuedAt = new Date(clocks.business());
        await transaction
          .updateTable('password_resets')
          .set({ changed_at: issuedAt, issue_id: issueId, identity_version: customer.identity_version + 1 })
          .where('id', '=', id)
          .execute();
        await tell(transaction, terminal, now, { customerNumber: customer.number, loginId, issueId, attempt });
        return ok({ id: issueId, loginId, password, issuedAt: issuedAt.toISOString() });
      });
      // Who locked the ID by guesses at the forgotten one can sign in.
      if (issued.ok) await throttle.clear({ kind: 'login', id: issued.value.loginId });
      return issued;
    },
  };

  async function tell(
    transaction: DatabaseTransaction,
    terminal: Terminal,
    row: Row,
    of: {
      readonly customerNumber: string;
      readonly loginId: string;
      readonly issueId: string;
      readonly attempt: number;
    },
  ): Promise<void> {
    const { customerNumber, loginId, issueId, attempt } = of;
    await mailCustomer(transaction, {
      ...{ news: 'password-issued', about: `passwordIssue/${issueId}`, place: attempt, customerNumber },
      ...{ terminal: terminal.terminal, language: languageSchema.parse(row.language) },
      account: { kind: 'portal', login: loginId },
    });
    await writeInteraction(transaction, clocks.business(), {
      ...{ customerNumber, shop: terminal.shop, terminal: terminal.terminal, staffNumber: row.staff_number },
      ...{ sessionId: row.session_id, orderId: null, visit: { kind: 'password-issued', account: 'portal' } },
    });
    await writeAudit(transaction, terminal, clocks.system(), {
      ...{ action: 'change', resource: 'digitalIdentity', resourceId: null, customerNumber },
      detail: `password issued by the secret question, attempt ${attempt}`,
    });
  }
}
