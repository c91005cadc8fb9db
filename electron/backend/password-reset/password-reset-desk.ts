import type { z } from 'zod';
import type { codeStateSchema } from '../../../shared/central-api/codes.ts';
import {
  PASSWORD_RESET_ERRORS,
  passwordResetCompletionSchema,
  passwordResetQuestionSchema,
  passwordResetSchema,
} from '../../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { ResetOwner, ResetVisit } from '../../../shared/contract/password-reset.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err } from '../../../shared/domain/result.ts';
import type { SecretAnswer } from '../../../shared/domain/secret-question.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import { createVisitorCalls, type VisitorAnswer } from '../central/visitor-calls.ts';
import type { Sessions } from '../sessions/sessions.ts';

type Refusal = 'no-contact' | 'not-allowed' | 'session-gone';
type Answered<T> = VisitorAnswer<T, Refusal>;

/** Another password for who no longer knows the present one: by a mail to the contact address. */
export interface PasswordResetDesk {
  begin(visit: ResetVisit, owner: ResetOwner, language: Language): Answered<z.infer<typeof passwordResetSchema>>;
  state(visit: ResetVisit): Answered<z.infer<typeof codeStateSchema>>;
  prove(visit: ResetVisit, code: string): Answered<z.infer<typeof codeStateSchema>>;
  complete(visit: ResetVisit, password: string): Answered<z.infer<typeof passwordResetCompletionSchema>>;
  remember(
    visit: ResetVisit,
    given: SecretAnswer,
    language: Language,
  ): Answered<z.infer<typeof passwordResetQuestionSchema>>;
}

const REFUSALS: ReadonlyMap<string, Refusal | 'over'> = new Map([
  [PASSWORD_RESET_ERRORS.over, 'over'],
  [PASSWORD_RESET_ERRORS.noContact, 'no-contact'],
  [PASSWORD_RESET_ERRORS.rule, 'not-allowed'],
]);

export function createPasswordResetDesk(parts: {
  client: CentralClient;
  connectivity: Connectivity;
  sessions: Pick<Sessions, 'bearerOf'>;
}): PasswordResetDesk {
  const { ask, codeState, prove } = createVisitorCalls(parts, REFUSALS);
  return {
    begin: async ({ resetId: id, visitId: sessionId }, owner, language) => {
      if (owner.kind === 'id') {
        const wish = { id, sessionId, loginId: owner.loginId, language };
        return ask(CENTRAL_PATHS.passwordResets, wish, passwordResetSchema);
      }
      const bearer = parts.sessions.bearerOf(owner.sessionId);
      if (bearer === null) return err({ code: 'session-gone' });
      return ask(CENTRAL_PATHS.passwordResets, { id, sessionId, loginId: null, language }, passwordResetSchema, bearer);
    },
    state: ({ resetId: id, visitId: sessionId }) => codeState({ id, sessionId }),
    prove: ({ resetId: id, visitId: sessionId }, code) => prove({ id, sessionId }, code),
    complete: ({ resetId, visitId: sessionId }, password) =>
      ask(
        `${CENTRAL_PATHS.passwordResets}/${resetId}/completion`,
        { sessionId, password },
        passwordResetCompletionSchema,
      ),
    remember: ({ resetId, visitId: sessionId }, given, language) =>
      ask(
        `${CENTRAL_PATHS.passwordResets}/${resetId}/question`,
        { sessionId, ...given, language },
        passwordResetQuestionSchema,
      ),
  };
}
