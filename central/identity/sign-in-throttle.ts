import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../store/schema.ts';

/** Our numbers, the manual gives none. A right password ends a login's count; a lock runs from its last counted miss. */
export const LOGIN_LIMIT = { failures: 5, seconds: 15 * 60 } as const;
/** A PIN has fewer possibilities than a password. */
export const STAFF_LIMIT = { failures: 5, seconds: 30 * 60 } as const;
/** Counted over everyone who tries at that terminal. */
export const TERMINAL_LIMIT = { failures: 30, seconds: 5 * 60 } as const;

/** Wrong proofs of being the contractor with that phone number: the last four digits of a card are 10,000 guesses. */
export const CONTRACTOR_LIMIT = { failures: 5, seconds: 30 * 60 } as const;
/** Wrong codes of one customer, over all the codes that were mailed to them. */
export const CODE_LIMIT = { failures: 15, seconds: 30 * 60 } as const;
/** Codes mailed on behalf of one customer, or of who claims to be one: each counts. */
export const CODE_MAIL_LIMIT = { failures: 5, seconds: 30 * 60 } as const;

/** One-time passwords that were issued for one customer: each counts. */
export const ONE_TIME_LIMIT = { failures: 10, seconds: 30 * 60 } as const;
/** Wrong one-time passwords, and wrong codes for them, from one network; a proxy before central makes one of all. */
export const ONE_TIME_PAGE_LIMIT = { failures: 100, seconds: 5 * 60 } as const;

const LIMITS = {
  login: LOGIN_LIMIT,
  staff: STAFF_LIMIT,
  terminal: TERMINAL_LIMIT,
  contractor: CONTRACTOR_LIMIT,
  code: CODE_LIMIT,
  'code-mail': CODE_MAIL_LIMIT,
  'one-time': ONE_TIME_LIMIT,
  'one-time-page': ONE_TIME_PAGE_LIMIT,
} as const;

export type ThrottleSubject = { readonly kind: keyof typeof LIMITS; readonly id: string };

/**
 * Counts tries in the database, so that a restart forgets none and every central of the same database counts the same.
 * A try counts before anything is compared, and is taken off the count when it was no miss: many at once, at whichever
 * central, get no more tries than many in turn. Times are epoch ms of the system clock.
 */
export interface SignInThrottle {
  /** False: locked. */
  takeTry(subject: ThrottleSubject, now: number): Promise<boolean>;
  /** It was a miss: from now on the count runs, or the lock. */
  noteMiss(subjects: readonly ThrottleSubject[], now: number): Promise<void>;
  /** Whether only tries that are still being compared stand in the way of one more: some of them may be no misses. */
  isBusy(subject: ThrottleSubject): Promise<boolean>;
  /** It was no miss. */
  giveBack(subject: ThrottleSubject): Promise<void>;
  /** null: not locked; else when the lock ends. */
  lockedUntil(subject: ThrottleSubject, now: number): Promise<number | null>;
  /** It was right: what was missed before it is forgotten, and tries that are still being compared go on counting. */
  clear(subject: ThrottleSubject): Promise<void>;
}

export function createSignInThrottle(db: Database): SignInThrottle {
  return {
    takeTry: async (subject, now) => {
      const { failures, seconds } = LIMITS[subject.kind];
      const [at, endsAt] = [new Date(now), new Date(now + seconds * 1000)];
      await db.deleteFrom('sign_in_throttles').where('ends_at', '<=', at).execute();
      const taken = await db
        .insertInto('sign_in_throttles')
        .values({ key: keyOf(subject), failures: 1, ends_at: endsAt })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ failures: sql`sign_in_throttles.failures + 1` })
            .where('sign_in_throttles.failures', '<', failures),
        )
        .executeTakeFirst();
      return taken.numInsertedOrUpdatedRows !== 0n;
    },
    noteMiss: async (subjects, now) => {
      for (const subject of subjects) {
        await db
          .updateTable('sign_in_throttles')
          .set({ misses: sql`misses + 1`, ends_at: new Date(now + LIMITS[subject.kind].seconds * 1000) })
          .where('key', '=', keyOf(subject))
          .execute();
      }
    },
    isBusy: async (subject) => {
      const row = await db
        .selectFrom('sign_in_throttles')
        .select('misses')
        .where('key', '=', keyOf(subject))
        .executeTakeFirst();
      return row === undefined || row.misses < LIMITS[subject.kind].failures;
    },
    giveBack: async (subject) => {
      await db
        .updateTable('sign_in_throttles')
        .set({ failures: sql`failures - 1` })
        .where('key', '=', keyOf(subject))
        .where('failures', '>', 0)
        .execute();
    },
    lockedUntil: async (subject, now) => {
      const row = await db
        .selectFrom('sign_in_throttles')
        .select('ends_at')
        .where('key', '=', keyOf(subject))
        .where('failures', '>=', LIMITS[subject.kind].failures)
        .where('ends_at', '>', new Date(now))
        .executeTakeFirst();
      return row?.ends_at.getTime() ?? null;
    },
    clear: async (subject) => {
      await db
        .updateTable('sign_in_throttles')
        .set({ failures: sql`greatest(failures - misses - 1, 0)`, misses: 0 })
        .where('key', '=', keyOf(subject))
        .execute();
    },
  };
}

/** What people type into an ID field need not be an ID: it is kept as a hash. */
function keyOf({ kind, id }: ThrottleSubject): string {
  return `${kind}:${createHash('sha256').update(id).digest('hex')}`;
}
