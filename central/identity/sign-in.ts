import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { SignInResponse } from '../../shared/central-api/terminal-v1.ts';
import { HOUSE_ERRORS } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { Clocks, Timers } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import type { Caller } from './caller.ts';
import { createSignInThrottle, type ThrottleSubject } from './sign-in-throttle.ts';
import { CUSTOMER_TOKEN_SECONDS, type Tokens } from './tokens.ts';

type Terminal = Extract<Caller, { kind: 'terminal' }>;
type SignIn = (
  terminal: Terminal,
  request: { loginId: string; password: string; sessionId: string },
) => Promise<Result<SignInResponse, TmfFailure>>;

const TURN_MS = 100;
/** Five seconds; a terminal waits for ten. */
const LAST_TURN = 50;
const REFUSED: TmfFailure = { status: 401, code: HOUSE_ERRORS.signInRefused, reason: 'The sign-in was refused' };

/** argon2id with the library's parameters (OWASP's: 19 MiB, 2 passes). */
export const hashPassword = (password: string): Promise<string> => hash(password);

/**
 * Unknown ID, wrong password and locked account answer alike and take alike: each verifies a hash.
 */
export async function createSignIn(parts: {
  db: Database;
  clocks: Clocks;
  timers: Timers;
  tokens: Tokens;
}): Promise<SignIn> {
  const { db, clocks, timers, tokens } = parts;
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomUUID());

  /** More at once than may be wrong wait for how those before them end: a household's devices are no attack. */
  const takeTurn = async (login: ThrottleSubject): Promise<boolean> => {
    for (let turn = 0; ; turn += 1) {
      if (await throttle.takeTry(login, clocks.system())) return true;
      if (turn === LAST_TURN || !(await throttle.isBusy(login))) return false;
      await new Promise<void>((resolve) => timers.after(TURN_MS, resolve));
    }
  };

  return async (terminal, { loginId, password, sessionId }) => {
    const login = { kind: 'login', id: loginId } as const;
    const here = { kind: 'terminal', id: terminal.terminal } as const;
    if (!(await throttle.takeTry(here, clocks.system()))) {
      const until = (await throttle.lockedUntil(here, clocks.system())) ?? clocks.system();
      return err(throttled(until - clocks.system()));
    }
    const mayTry = await takeTurn(login);
    const identity = await db
      .selectFrom('digital_identities')
      .innerJoin('customers', 'customers.number', 'digital_identities.customer_number')
      // Before it is compared: another ID that comes meanwhile puts this sign-in out.
      .select(['customer_number', 'password_hash', 'identity_version'])
      .where('login_id', '=', loginId)
      .executeTakeFirst();
    const right = await verify(identity?.password_hash ?? nobody, password);
    if (identity === undefined || !right || !mayTry) {
      // A lock runs from its last counted miss.
      await throttle.noteMiss(mayTry ? [here, login] : [here], clocks.system());
      return err(REFUSED);
    }
    await throttle.giveBack(here);
    await throttle.clear(login);
    const customer = {
      kind: 'customer',
      customerNumber: identity.customer_number,
      terminal: terminal.terminal,
      shop: terminal.shop,
      sessionId,
      staff: null,
      identityVersion: identity.identity_version,
    } as const;
    return ok(await openSession(tokens, customer));
  };
}

/** What a terminal gets for the customer whose session begins. */
export async function openSession(
  tokens: Tokens,
  customer: Extract<Caller, { kind: 'customer' }>,
): Promise<SignInResponse> {
  return {
    accessToken: await tokens.forCustomer(customer),
    expiresInSeconds: CUSTOMER_TOKEN_SECONDS,
    submissionGrant: await tokens.grant(customer),
    customerNumber: customer.customerNumber,
  };
}

/** 429 with `Retry-After`. */
export function throttled(waitMs: number): TmfFailure {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return {
    status: 429,
    code: HOUSE_ERRORS.throttled,
    reason: 'Too many refused sign-ins at this terminal',
    headers: { 'retry-after': String(seconds) },
  };
}
