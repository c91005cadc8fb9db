import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { staffSignInResponseSchema } from '../../../shared/central-api/staff.ts';
import { HOUSE_ERRORS } from '../../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { throttleSeconds } from '../central/throttle-seconds.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { KnownStaff } from './known-staff.ts';

export type PinError =
  /** Unknown number, wrong PIN and locked number read alike. */
  | { readonly code: 'refused' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  /** Central is away, and they did not sign in here lately. */
  | { readonly code: 'not-known-here' };

export interface LetIn {
  readonly staff: StaffMember;
  readonly attestation: string;
  /** null: without central. */
  readonly accessToken: string | null;
}

export interface PinCheck {
  /** By central, or by what this terminal knows where central can't say. */
  check(number: string, pin: string): Promise<Result<LetIn, PinError>>;
  /** null: central can't say. */
  checkAtCentral(number: string, pin: string): Promise<Result<LetIn, PinError> | null>;
}

const PIN_TIMEOUT_MS = 5_000;

export function createPinCheck(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  known: KnownStaff;
  log: Logger;
}): PinCheck {
  const { client, connectivity, known, log } = parts;

  async function checkAtCentral(number: string, pin: string): Promise<Result<LetIn, PinError> | null> {
    const answer = await client.call(
      {
        method: 'POST',
        path: CENTRAL_PATHS.staffSignIn,
        body: JSON.stringify({ number, pin }),
        timeoutMs: PIN_TIMEOUT_MS,
      },
      staffSignInResponseSchema,
    );
    if (answer.kind === 'ok') {
      await noted(known.remember(answer.body, pin));
      return ok(answer.body);
    }
    if (answer.kind === 'error' && answer.error.code === HOUSE_ERRORS.signInRefused) {
      await noted(known.forgetIfKnown(number, pin));
      return err({ code: 'refused' });
    }
    if (answer.kind === 'error' && answer.status === 429) {
      return err({ code: 'throttled', retryAfterSeconds: throttleSeconds(answer.headers.retryAfter) });
    }
    void connectivity.suspect();
    return null;
  }

  /** Central's word holds also where a full disk does not let it be written down. */
  async function noted(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      log.error({ code: 'disk-failure' }, 'what central says of staff not written down');
    }
  }

  async function checkHere(number: string, pin: string): Promise<Result<LetIn, PinError>> {
    const confirmed = await known.verify(number, pin);
    return confirmed.ok ? ok({ ...confirmed.value, accessToken: null }) : confirmed;
  }

  return {
    check: async (number, pin) => {
      const asked = connectivity.state() === 'unreachable' ? null : await checkAtCentral(number, pin);
      return asked ?? checkHere(number, pin);
    },
    checkAtCentral,
  };
}
