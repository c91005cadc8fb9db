import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { IdentifiedPerson } from '../../../../shared/domain/identity-policy.ts';
import type { PersonField } from '../../../../shared/domain/mobile/same-person.ts';
import type { IdentityDesk, JudgeError } from '../../identity/identity-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import { pinError } from './pin-error.ts';

export function identityRoutes({ identityDesk, sessions }: { identityDesk: IdentityDesk; sessions: Sessions }) {
  const os = implement(contract.identity);
  return os.router({
    policy: os.policy.handler(() => identityDesk.policy),
    attest: os.attest.handler(async ({ input, errors }) => {
      const { sessionId, ...attestation } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const result = await identityDesk.attest(session, attestation);
      if (result.ok) return { staffName: result.value.staff.name, captures: [...result.value.captures] };
      switch (result.error.code) {
        case 'incomplete':
        case 'differs':
          throw judgeError(errors, result.error);
        case 'session-gone':
          throw errors.SESSION_GONE();
        case 'refused':
        case 'throttled':
        case 'not-known-here':
          throw pinError(errors, result.error);
        default:
          return cantHappen(result.error);
      }
    }),
    readChip: os.readChip.handler(async ({ input, errors }) => {
      const { sessionId, ...request } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const result = await identityDesk.readChip(session, request);
      if (result.ok) return result.value;
      switch (result.error.code) {
        case 'read-failed':
          throw errors.READ_FAILED({ data: result.error.problem });
        case 'not-wanted':
          throw errors.NOT_WANTED();
        case 'session-gone':
          throw errors.SESSION_GONE();
        default:
          return cantHappen(result.error);
      }
    }),
    identify: os.identify.handler(async ({ input, errors }) => {
      const { sessionId, ...application } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const result = await identityDesk.identify(session, application);
      if (!result.ok) throw judgeError(errors, result.error);
    }),
  });
}

interface JudgeErrors {
  INCOMPLETE(): Error;
  DIFFERS(options: { data: { person: IdentifiedPerson; fields: PersonField[] } }): Error;
}

function judgeError(errors: JudgeErrors, error: JudgeError): Error {
  switch (error.code) {
    case 'incomplete':
      return errors.INCOMPLETE();
    case 'differs':
      return errors.DIFFERS({ data: { person: error.person, fields: [...error.fields] } });
    default:
      return cantHappen(error);
  }
}
