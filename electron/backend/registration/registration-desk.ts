import type { z } from 'zod';
import type { codeStateSchema } from '../../../shared/central-api/codes.ts';
import { ONE_TIME_ERRORS, type Redemption, redemptionSchema } from '../../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  type ContactChoice,
  type Contractor,
  REGISTRATION_ERRORS,
  registrationCompletionSchema,
  registrationMailSchema,
  registrationSchema,
} from '../../../shared/central-api/registration.ts';
import type { RegistrationVisit } from '../../../shared/contract/registration.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { AcceptedTerms } from '../../../shared/domain/terms.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createVisitorCalls, type VisitorAnswer } from '../central/visitor-calls.ts';

type Refusal = 'contractor-refused' | 'not-allowed' | 'refused';
type Answered<T> = VisitorAnswer<T, Refusal>;

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
  complete(visit: RegistrationVisit, contact: ContactChoice): Answered<z.infer<typeof registrationCompletionSchema>>;
}

const REFUSALS: ReadonlyMap<string, Refusal | 'over'> = new Map([
  [REGISTRATION_ERRORS.contractorRefused, 'contractor-refused'],
  [ONE_TIME_ERRORS.refused, 'refused'],
  [REGISTRATION_ERRORS.rule, 'not-allowed'],
  [REGISTRATION_ERRORS.over, 'over'],
]);

export function createRegistrationDesk(parts: { client: CentralClient; connectivity: Connectivity }): RegistrationDesk {
  const { ask, codeState, prove } = createVisitorCalls(parts, REFUSALS);

  return {
    verify: ({ registrationId: id, visitId: sessionId }, contractor) =>
      ask(CENTRAL_PATHS.registrations, { id, sessionId, contractor }, registrationSchema),
    mail: ({ registrationId, visitId: sessionId }, chosen) =>
      ask(`${CENTRAL_PATHS.registrations}/${registrationId}/mail`, { sessionId, ...chosen }, registrationMailSchema),
    redeem: ({ registrationId, visitId: sessionId }, password) =>
      ask(`${CENTRAL_PATHS.oneTimePasswords}/redemption`, { password, registrationId, sessionId }, redemptionSchema),
    state: ({ registrationId: id, visitId: sessionId }) => codeState({ id, sessionId }),
    prove: ({ registrationId: id, visitId: sessionId }, code) => prove({ id, sessionId }, code),
    complete: ({ registrationId, visitId: sessionId }, contact) =>
      ask(
        `${CENTRAL_PATHS.registrations}/${registrationId}/completion`,
        { sessionId, contact },
        registrationCompletionSchema,
      ),
  };
}
