import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { AddCableId } from '../../secrets/add-cable-id.ts';
import type { ChangeDesk } from '../../secrets/change-desk.ts';
import { printError } from '../issued-secret-error.ts';
import type { SecretDesk } from '../../secrets/secret-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function secretsRoutes(parts: {
  sessions: Sessions;
  secrets: SecretDesk;
  changes: ChangeDesk;
  addCableId: AddCableId;
}) {
  const { sessions, secrets, changes, addCableId } = parts;
  const os = implement(contract.secrets);
  return os.router({
    issue: os.issue.handler(async ({ input, errors }) => {
      const { sessionId, ...wish } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const issued = await secrets.issue(session, wish);
      if (issued.ok) return issued.value;
      switch (issued.error.code) {
        case 'unreachable':
          throw errors.CENTRAL_UNREACHABLE();
        case 'outcome-unknown':
          throw errors.OUTCOME_UNKNOWN();
        case 'unknown-account':
          throw errors.UNKNOWN_ACCOUNT();
        case 'revoked':
          throw errors.REVOKED();
        case 'session-gone':
          throw errors.SESSION_GONE();
        default:
          return cantHappen(issued.error.code);
      }
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const printed = await secrets.print(session, wanted);
      if (printed.ok) return printed.value;
      throw printError(printed.error.code, errors);
    }),
    change: os.change.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const changed = await changes.change(session, wanted);
      if (changed.ok) return changed.value;
      switch (changed.error.code) {
        case 'throttled':
          throw errors.THROTTLED({ data: { retryAfterSeconds: changed.error.retryAfterSeconds } });
        case 'unreachable':
          throw errors.CENTRAL_UNREACHABLE();
        case 'outcome-unknown':
          throw errors.OUTCOME_UNKNOWN();
        case 'present-refused':
          throw errors.PRESENT_REFUSED();
        case 'unknown-account':
          throw errors.UNKNOWN_ACCOUNT();
        case 'not-allowed':
          throw errors.NOT_ALLOWED();
        case 'session-gone':
          throw errors.SESSION_GONE();
        default:
          return cantHappen(changed.error);
      }
    }),
    printChange: os.printChange.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const printed = await changes.print(session, wanted);
      if (!printed.ok) throw errors.NOT_HELD();
      return printed.value;
    }),
    addCableId: os.addCableId.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const added = await addCableId(session, wanted);
      if (added.ok) return added.value;
      switch (added.error.code) {
        case 'throttled':
          throw errors.THROTTLED({ data: { retryAfterSeconds: added.error.retryAfterSeconds } });
        case 'unreachable':
        case 'not-allowed':
          throw errors.CENTRAL_UNREACHABLE();
        case 'outcome-unknown':
          throw errors.OUTCOME_UNKNOWN();
        case 'present-refused':
          throw errors.PRESENT_REFUSED();
        case 'unknown-account':
          throw errors.UNKNOWN_ACCOUNT();
        case 'too-many':
          throw errors.TOO_MANY_IDS();
        case 'session-gone':
          throw errors.SESSION_GONE();
        default:
          return cantHappen(added.error);
      }
    }),
  });
}
