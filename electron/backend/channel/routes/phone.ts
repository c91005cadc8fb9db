import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { PhoneDesk } from '../../captures/phone-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function phoneRoutes({ sessions, phone }: { sessions: Sessions; phone: PhoneDesk }) {
  const os = implement(contract.phone);
  return os.router({
    begin: os.begin.handler(async ({ input: { sessionId, ...wish }, errors }) => {
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const link = await phone.begin(session, wish);
      if (!link.ok) throw errors[link.error]();
      return link.value;
    }),
    begun: os.begun.handler(({ input: { sessionId, applicationId }, errors }) => {
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      return phone.begun(session, applicationId);
    }),
    look: os.look.handler(async ({ input: { sessionId, handOverId }, errors }) => {
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const standing = await phone.look(session, handOverId);
      if (!standing.ok) throw errors[standing.error]();
      return standing.value;
    }),
    cancel: os.cancel.handler(({ input: { sessionId, handOverId } }) => {
      const session = sessions.find(sessionId);
      if (session !== null) phone.cancel(session, handOverId);
    }),
  });
}
