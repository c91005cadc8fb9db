import type { z } from 'zod';
import { CODE_ERRORS, codeStateSchema } from '../../../shared/central-api/codes.ts';
import { ONE_TIME_ERRORS, type Redemption, redemptionSchema } from '../../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  type Contractor,
  REGISTRATION_ERRORS,
  registrationCompletionSchema,
  registrationMailSchema,
  registrationSchema,
} from '../../../shared/central-api/registration.ts';
import type { RegistrationVisit } from '../../../shared/contract/registration.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { AcceptedTerms } from '../../../shared/domain/terms.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';

export type RegistrationError =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'unreachable' | 'contractor-refused' | 'code-wrong' | 'not-allowed' | 'over' | 'refused' };

type Answered<T> = Promise<Result<T, RegistrationError>>;

/** Asks central on behalf of someone who isn't signed in, with the terminal's own token. Nothing of it stays here. */
export interface RegistrationDesk {
  verify(visit: RegistrationVisit, contractor: Contractor): Answered<z.infer<typeof registrationSchema>>;
  mail(
    visit: RegistrationVisit,
    chosen: {
      readonly loginId: string;
      readonly password: string;
      readonly terms: readonly AcceptedTerms[];
      readonly language: Language;
    },
  ): Answered<z.infer<typeof registrationMailSchema>>;
  redeem(visit: RegistrationVisit, password: string): Answered<Redemption>;
  state(visit: RegistrationVisit): Answered<z.infer<typeof codeStateSchema>>;
  prove(visit: RegistrationVisit, code: string): Answered<z.infer<typeof codeStateSchema>>;
  complete(visit: RegistrationVisit, contact: 'id' | 'present'): Answered<z.infer<typeof registrationCompletionSchema>>;
}

const TIMEOUT_MS = 10_000;
const DEFAULT_THROTTLE_SECONDS = 60;

export function createRegistrationDesk(parts: { client: CentralClient; connectivity: Connectivity }): RegistrationDesk {
  const { client, connectivity } = parts;

  async function ask<T>(path: string, body: object | null, schema: z.ZodType<T>): Answered<T> {
    const answer = await client.call(
      {
        method: body === null ? 'GET' : 'POST',
        path,
        timeoutMs: TIMEOUT_MS,
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      },
      schema,
    );
    if (answer.kind === 'ok') return ok(answer.body);
    const error = errorOf(answer);
    if (error.code === 'unreachable') void connectivity.suspect();
    return err(error);
  }

  return {
    verify: ({ registrationId: id, visitId: sessionId }, contractor) =>
      ask(CENTRAL_PATHS.registrations, { id, sessionId, contractor }, registrationSchema),
    mail: ({ registrationId, visitId: sessionId }, chosen) =>
      ask(`${CENTRAL_PATHS.registrations}/${registrationId}/mail`, { sessionId, ...chosen }, registrationMailSchema),
    redeem: ({ registrationId, visitId: sessionId }, password) =>
      ask(`${CENTRAL_PATHS.oneTimePasswords}/redemption`, { password, registrationId, sessionId }, redemptionSchema),
    state: ({ registrationId, visitId }) =>
      ask(`${CENTRAL_PATHS.codes}/${registrationId}?sessionId=${visitId}`, null, codeStateSchema),
    prove: ({ registrationId, visitId: sessionId }, code) =>
      ask(`${CENTRAL_PATHS.codes}/${registrationId}/proof`, { sessionId, code }, codeStateSchema),
    complete: ({ registrationId, visitId: sessionId }, contact) =>
      ask(
        `${CENTRAL_PATHS.registrations}/${registrationId}/completion`,
        { sessionId, contact },
        registrationCompletionSchema,
      ),
  };
}

function errorOf(answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>): RegistrationError {
  if (answer.kind !== 'error') return { code: 'unreachable' };
  switch (answer.error.code) {
    case REGISTRATION_ERRORS.contractorRefused:
      return { code: 'contractor-refused' };
    case ONE_TIME_ERRORS.refused:
      return { code: 'refused' };
    case REGISTRATION_ERRORS.rule:
      return { code: 'not-allowed' };
    case REGISTRATION_ERRORS.over:
    case CODE_ERRORS.over:
      return { code: 'over' };
    case CODE_ERRORS.wrong:
      return { code: 'code-wrong' };
    default:
  }
  if (answer.status !== 429) return { code: 'unreachable' };
  const seconds = Number(answer.headers.retryAfter ?? Number.NaN);
  return { code: 'throttled', retryAfterSeconds: seconds >= 1 ? Math.ceil(seconds) : DEFAULT_THROTTLE_SECONDS };
}
