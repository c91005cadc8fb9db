import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { IdentityDesk } from '../../identity/identity-desk.ts';
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
      if (result.error.code === 'incomplete') throw errors.INCOMPLETE();
      if (result.error.code === 'differs') {
        const { person, fields } = result.error;
        throw errors.DIFFERS({ data: { person, fields: [...fields] } });
      }
      if (result.error.code === 'session-gone') throw errors.SESSION_GONE();
      throw pinError(errors, result.error);
    }),
  });
}
