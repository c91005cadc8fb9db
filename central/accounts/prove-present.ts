import { randomUUID } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { ACCOUNT_ERRORS } from '../../shared/central-api/accounts.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle } from '../identity/sign-in-throttle.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';

export const PRESENT_REFUSED = unprocessable(ACCOUNT_ERRORS.presentRefused, 'The present password was refused');

/** @param hash null: it was revoked; no present password is right */
export type ProvePresent = (
  terminal: string,
  account: { readonly throttleId: string; readonly hash: string | null },
  present: string,
) => Promise<Result<void, TmfFailure>>;

/** Whose misses a try with the password of an account counts among. @param accountId null: the iTSCOM ID's */
export const throttleIdOf = (accountId: string | null, login: string): string =>
  accountId === null ? login : `account:${accountId}`;

/**
 * A wrong present password and one too many answer alike and take alike, and count as misses of a sign-in do: for the
 * iTSCOM ID they are the same misses.
 */
export async function createProvePresent({ db, clocks }: { db: Database; clocks: Clocks }): Promise<ProvePresent> {
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomUUID());
  return async (terminal, { throttleId, hash }, present) => {
    const subject = { kind: 'login', id: throttleId } as const;
    const here = { kind: 'terminal', id: terminal } as const;
    if (!(await throttle.takeTry(here, clocks.system()))) {
      const until = (await throttle.lockedUntil(here, clocks.system())) ?? clocks.system();
      return err(throttled(until - clocks.system()));
    }
    const mayTry = await throttle.takeTry(subject, clocks.system());
    const isRight = await verify(hash ?? nobody, present);
    if (!isRight || !mayTry) {
      await throttle.noteMiss(mayTry ? [here, subject] : [here], clocks.system());
      return err(PRESENT_REFUSED);
    }
    await throttle.giveBack(here);
    await throttle.clear(subject);
    return ok(undefined);
  };
}
