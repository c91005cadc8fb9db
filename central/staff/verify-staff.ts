import { randomUUID } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { HOUSE_ERRORS } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StaffMember } from '../../shared/domain/staff.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle } from '../identity/sign-in-throttle.ts';
import { networkOf } from '../http/network-of.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import { activeStaff } from './staff-store.ts';

export const STAFF_REFUSED: TmfFailure = {
  status: 401,
  code: HOUSE_ERRORS.signInRefused,
  reason: 'The staff sign-in was refused',
};

/** Where it is typed: at a terminal, or by whoever opens central's own pages. */
export type StaffPlace =
  | { readonly kind: 'terminal'; readonly terminal: string; readonly shop: string }
  | { readonly kind: 'page'; readonly address: string };

export type VerifyStaff = (
  attempt: { readonly number: string; readonly pin: string },
  place: StaffPlace,
) => Promise<Result<StaffMember, TmfFailure>>;

/**
 * Unknown number, wrong PIN, someone who left, another shop's and a locked number answer alike, count alike and take
 * alike: each verifies a hash. Counted by number and by place, over restarts.
 */
export async function createVerifyStaff(db: Database, clocks: Clocks): Promise<VerifyStaff> {
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomUUID());
  return async (attempt, place) => {
    const who = { kind: 'staff', id: attempt.number } as const;
    const here = { kind: 'terminal', id: nameOf(place) } as const;
    if (!(await throttle.takeTry(here, clocks.system()))) {
      const until = (await throttle.lockedUntil(here, clocks.system())) ?? clocks.system();
      return err(throttled(until - clocks.system()));
    }
    const mayTry = await throttle.takeTry(who, clocks.system());
    const found = await activeStaff(db, attempt.number);
    const right = await verify(found?.pinHash ?? nobody, attempt.pin);
    // Else the count would tell that the PIN is right elsewhere.
    const isOfHere = place.kind === 'page' || found?.shop === place.shop;
    if (found === null || !right || !mayTry || !isOfHere) {
      await throttle.noteMiss(mayTry ? [here, who] : [here], clocks.system());
      return err(STAFF_REFUSED);
    }
    await throttle.giveBack(here);
    await throttle.clear(who);
    const { pinHash: _, ...member } = found;
    return ok(member);
  };
}

function nameOf(place: StaffPlace): string {
  return place.kind === 'terminal' ? place.terminal : `page ${networkOf(place.address)}`;
}
