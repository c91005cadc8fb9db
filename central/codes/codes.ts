import { createHash, randomBytes, randomInt } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import {
  CODE_DIGITS,
  CODE_ERRORS,
  CODE_LIFE_SECONDS,
  CODE_TRIES,
  type CodePurpose,
  codePurposeSchema,
  type CodeState,
  LATER_LINK_LIFE_SECONDS,
} from '../../shared/central-api/codes.ts';
import { type Language, languageSchema } from '../../shared/domain/language.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle, type ThrottleSubject } from '../identity/sign-in-throttle.ts';
import type { Clocks } from '../ports.ts';
import { lockCustomer } from '../store/customers.ts';
import type { CodeTables } from '../store/tables/codes.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { MailCode } from './mail-code.ts';
import { withdrawLater } from './withdraw-later.ts';

/** Where a code was asked for; it is good nowhere else. */
export interface CodePlace {
  readonly terminal: string;
  readonly sessionId: string;
}

/** A code that exists nowhere yet; `link` is the path of the page that the mail leads to. */
export interface MadeCode {
  readonly code: string;
  readonly codeHash: string;
  readonly linkToken: string;
}

export interface NewCode extends CodePlace {
  /** The terminal's name for the wish: a second issue under it replaces the first. */
  readonly id: string;
  readonly purpose: CodePurpose;
  /** null: nobody has the ID that was typed. Everything goes on as if somebody had, and nothing is mailed. */
  readonly customerNumber: string | null;
  /** Whose mailbox is proved; null: the customer has none. */
  readonly address: string | null;
  readonly language: Language;
  readonly withLink: boolean;
}

/** A code that proved its address. */
interface ProvedCode {
  readonly customerNumber: string;
  readonly address: string;
}

export type LaterLink = Omit<NewCode, 'purpose' | 'withLink' | 'customerNumber' | 'address'> & ProvedCode;
export type ProvedLink = ProvedCode & Pick<NewCode, 'id' | 'purpose' | 'terminal' | 'sessionId' | 'language'>;

/** What the page of a link shows. */
export interface LinkedCode {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly state: CodeState['state'];
  readonly language: Language;
}

/**
 * Proves by a mail that somebody reads an address. `make` and `issue`, then `prove` by the code at the terminal or by the
 * link in any browser, then `spend` in the transaction of what it was for, once. All is in the database, so that every
 * central of it counts the same.
 */
export interface Codes {
  /** Outside a transaction, since it counts and hashes. @param subject whose mails are counted: the customer's number, or the ID that was typed */
  make(subject: string): Promise<Result<MadeCode, TmfFailure>>;
  /** Keeps its hashes and queues the mail, in the transaction of its cause. The mailer is to be woken afterwards. */
  issue(transaction: DatabaseTransaction, made: MadeCode, wish: NewCode): Promise<void>;
  /** Addresses and customers of codes that can't be used any more; what asks for one hears the same as of none. */
  eraseOver(): Promise<void>;
  /** @param here who tries: wrong codes from there lock it */
  prove(id: string, place: CodePlace, code: string, here: ThrottleSubject): Promise<Result<void, TmfFailure>>;
  stateOf(id: string, place: CodePlace): Promise<CodeState>;
  readLink(token: string): Promise<LinkedCode | null>;
  /**
   * Without a code, for who isn't at the terminal any more; in the transaction of its cause. It withdraws the one before.
   * Its mail counts like those of codes. false: nothing was done, since there were too many.
   */
  issueLater(transaction: DatabaseTransaction, wish: LaterLink): Promise<boolean>;
  /** Harmless to repeat; does nothing where it is over. @param whenProved in the same transaction, once */
  proveByLink(
    token: string,
    whenProved: (transaction: DatabaseTransaction, link: ProvedLink) => Promise<void>,
  ): Promise<void>;
  /** Whether `spend` would find it proved. */
  isProved(id: string, use: CodePlace & { readonly purpose: CodePurpose }): Promise<boolean>;
  /** Once: the second time it is over. Also what was not proved is. */
  spend(
    transaction: DatabaseTransaction,
    id: string,
    use: CodePlace & { readonly purpose: CodePurpose },
  ): Promise<Result<ProvedCode, TmfFailure>>;
}

type Row = Readonly<Omit<CodeTables['codes'], 'tries'>> & { readonly tries: number };

const OVER: TmfFailure = { status: 409, code: CODE_ERRORS.over, reason: 'That code is over' };
const WRONG = unprocessable(CODE_ERRORS.wrong, 'That is another code');

export async function createCodes(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly mailCode: MailCode;
}): Promise<Codes> {
  const { db, clocks, mailCode } = context;
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomBytes(16).toString('hex'));

  const isOver = (row: Row): boolean => row.spent_at !== null || row.expires_at.getTime() <= clocks.system();
  const stateName = (row: Row): CodeState['state'] =>
    isOver(row) ? 'over' : row.proved_at === null ? 'waiting' : 'proved';

  const find = async (id: string, { terminal, sessionId }: CodePlace): Promise<Row | undefined> =>
    db
      .selectFrom('codes')
      .selectAll()
      .where('id', '=', id)
      .where('terminal_code', '=', terminal)
      .where('session_id', '=', sessionId)
      .executeTakeFirst();

  const byLink = async (token: string): Promise<Row | undefined> =>
    db.selectFrom('codes').selectAll().where('link_hash', '=', hashOf(token)).executeTakeFirst();

  /** Counted before it is compared, so that many at once get no more tries than many in turn. */
  async function takeTry(id: string, place: CodePlace): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('codes')
      .set((row) => ({ tries: row('tries', '+', 1) }))
      .where('id', '=', id)
      .where('terminal_code', '=', place.terminal)
      .where('session_id', '=', place.sessionId)
      .where('tries', '<', CODE_TRIES)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** false: it is over, or another was issued under its name meanwhile, to whatever address. */
  async function noteProof({ id, code_hash }: Row): Promise<boolean> {
    const now = new Date(clocks.system());
    const { numUpdatedRows } = await db
      .updateTable('codes')
      .set({ proved_at: now })
      .where('id', '=', id)
      .where('code_hash', '=', code_hash)
      .where('spent_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  return {
    eraseOver: async () => {
      await db.deleteFrom('codes').where('expires_at', '<=', new Date(clocks.system())).execute();
    },
    make: async (subject) => {
      const mails = { kind: 'code-mail', id: subject } as const;
      if (!(await throttle.takeTry(mails, clocks.system()))) return err(await waitFor(mails));
      const code = randomInt(10 ** CODE_DIGITS)
        .toString()
        .padStart(CODE_DIGITS, '0');
      return ok({ code, codeHash: await hashPassword(code), linkToken: randomBytes(32).toString('base64url') });
    },
    issue: async (transaction, made, wish) => {
      const { id, purpose, customerNumber, address, terminal, sessionId, language, withLink } = wish;
      const expiresAt = clocks.system() + CODE_LIFE_SECONDS * 1000;
      const row = {
        ...{ purpose, customer_number: customerNumber, address, language },
        ...{ terminal_code: terminal, session_id: sessionId, code_hash: made.codeHash },
        link_hash: withLink ? hashOf(made.linkToken) : null,
        expires_at: new Date(expiresAt),
        ...{ tries: 0, proved_at: null, spent_at: null },
      };
      const put = await transaction
        .insertInto('codes')
        .values({ id, ...row })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet(row)
            .where('codes.terminal_code', '=', terminal)
            .where('codes.session_id', '=', sessionId)
            .where('codes.spent_at', 'is', null),
        )
        .executeTakeFirst();
      if (put.numInsertedOrUpdatedRows === 1n) await mailCode(transaction, { ...wish, made, expiresAt });
    },
    prove: async (id, place, code, here) => {
      if (!(await throttle.takeTry(here, clocks.system()))) return err(await waitFor(here));
      const row = await find(id, place);
      const owner = row?.customer_number ?? id;
      // Anybody who knows an ID may ask for a reset: wrong codes for it lock none of the customer's other codes.
      const isReset = row?.purpose === 'reset-password' || row?.purpose === 'reset-by-question';
      const customer = { kind: 'code', id: isReset ? `reset/${owner}` : owner } as const;
      const mayTry = (await takeTry(id, place)) && (await throttle.takeTry(customer, clocks.system()));
      const isRight = await verify(row?.code_hash ?? nobody, code);
      if (row === undefined || isOver(row)) return err(OVER);
      // The answer was lost: what is proved stays so, however many tries are left.
      const isRepeat = row.proved_at !== null;
      if (!isRight || row.customer_number === null || !(mayTry || isRepeat)) {
        await throttle.noteMiss(mayTry ? [here, customer] : [here], clocks.system());
        return err(WRONG);
      }
      await throttle.giveBack(here);
      if (mayTry) await throttle.giveBack(customer);
      return (await noteProof(row)) ? ok(undefined) : err(OVER);
    },
    stateOf: async (id, place) => {
      const row = await find(id, place);
      if (row === undefined) return { id, state: 'over', triesLeft: 0, expiresInSeconds: 0 };
      return {
        id,
        state: stateName(row),
        triesLeft: CODE_TRIES - row.tries,
        expiresInSeconds: Math.max(0, Math.floor((row.expires_at.getTime() - clocks.system()) / 1000)),
      };
    },
    readLink: async (token) => {
      const row = await byLink(token);
      if (row === undefined) return null;
      const { id, language } = row;
      return {
        id,
        purpose: codePurposeSchema.parse(row.purpose),
        state: stateName(row),
        language: languageSchema.parse(language),
      };
    },
    issueLater: async (transaction, wish) => {
      const linkToken = randomBytes(32).toString('base64url');
      const expiresAt = clocks.system() + LATER_LINK_LIFE_SECONDS * 1000;
      const { id, customerNumber, address, terminal, sessionId, language } = wish;
      const mails = { kind: 'code-mail', id: customerNumber } as const;
      if (!(await createSignInThrottle(transaction).takeTry(mails, clocks.system()))) return false;
      await withdrawLater(transaction, customerNumber);
      await transaction
        .insertInto('codes')
        .values({
          ...{ id, purpose: 'contact-later', customer_number: customerNumber, address, language },
          // No code is right.
          ...{ terminal_code: terminal, session_id: sessionId, code_hash: nobody, link_hash: hashOf(linkToken) },
          ...{ expires_at: new Date(expiresAt), proved_at: null, spent_at: null },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const made = { code: '', codeHash: hashOf(linkToken), linkToken };
      await mailCode(transaction, { ...wish, purpose: 'contact-later', withLink: true, made, expiresAt });
      return true;
    },
    proveByLink: async (token, whenProved) => {
      const linked = await byLink(token);
      if (linked === undefined) return;
      await db.transaction().execute(async (transaction) => {
        // What withdraws it holds the customer already.
        await lockCustomer(transaction, linked.customer_number);
        const now = new Date(clocks.system());
        const row = await transaction
          .updateTable('codes')
          .set({ proved_at: now })
          .where('link_hash', '=', hashOf(token))
          .where('proved_at', 'is', null)
          .where('spent_at', 'is', null)
          .where('expires_at', '>', now)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined || row.customer_number === null || row.address === null) return;
        await whenProved(transaction, {
          ...{ id: row.id, purpose: codePurposeSchema.parse(row.purpose), customerNumber: row.customer_number },
          ...{ address: row.address, terminal: row.terminal_code, sessionId: row.session_id },
          language: languageSchema.parse(row.language),
        });
      });
    },
    isProved: async (id, { purpose, ...place }) => {
      const row = await find(id, place);
      return row !== undefined && row.purpose === purpose && stateName(row) === 'proved';
    },
    spend: async (transaction, id, { terminal, sessionId, purpose }) => {
      const now = new Date(clocks.system());
      const spent = await transaction
        .updateTable('codes')
        .set({ spent_at: now })
        .where('id', '=', id)
        .where('purpose', '=', purpose)
        .where('terminal_code', '=', terminal)
        .where('session_id', '=', sessionId)
        .where('proved_at', 'is not', null)
        .where('spent_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(['customer_number', 'address'])
        .executeTakeFirst();
      if (spent === undefined || spent.customer_number === null || spent.address === null) return err(OVER);
      return ok({ customerNumber: spent.customer_number, address: spent.address });
    },
  };

  async function waitFor(subject: ThrottleSubject): Promise<TmfFailure> {
    const until = (await throttle.lockedUntil(subject, clocks.system())) ?? clocks.system();
    return throttled(until - clocks.system());
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
