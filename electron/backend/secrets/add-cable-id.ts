import { ACCOUNT_ERRORS, cableIdAddedSchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { errorOf, type PresentError } from './present-error.ts';

export interface AddInput {
  readonly addId: string;
  readonly accountId: string;
  readonly present: string;
  readonly language: Language;
}

export type AddCableId = (
  session: Session,
  input: AddInput,
) => Promise<Result<Account, PresentError | { readonly code: 'too-many' }>>;

const TIMEOUT_MS = 10_000;

/** The session knows the new ID from then on: its password is issued as any other is. */
export function createAddCableId(parts: {
  client: CentralClient;
  sessions: Pick<Sessions, 'bearerOf'>;
  connectivity: Connectivity;
}): AddCableId {
  const { client, sessions, connectivity } = parts;
  return async (session, { addId, accountId, present, language }) => {
    const bearer = sessions.bearerOf(session.id);
    if (bearer === null) return err({ code: 'session-gone' });
    const answer = await client.call(
      {
        method: 'POST',
        path: CENTRAL_PATHS.cableIds,
        body: JSON.stringify({ id: addId, accountId, present, language }),
        bearer,
        timeoutMs: TIMEOUT_MS,
      },
      cableIdAddedSchema,
    );
    if (answer.kind === 'error' && answer.error.code === ACCOUNT_ERRORS.tooManyIds) return err({ code: 'too-many' });
    if (answer.kind !== 'ok') {
      const error = errorOf(answer);
      if (error.code === 'unreachable' || error.code === 'outcome-unknown') void connectivity.suspect();
      return err(error);
    }
    const added: Account = { id: answer.body.id, kind: 'cable-id', login: answer.body.login };
    session.accounts = [...session.accounts.filter(({ id }) => id !== added.id), added];
    return ok(added);
  };
}
