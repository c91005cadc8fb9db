import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { Connectivity } from '../../central/connectivity.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function historyRoutes({ sessions, connectivity }: { sessions: Sessions; connectivity: Connectivity }) {
  const os = implement(contract.history);
  return os.router({
    get: os.get.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const entries = await sessions.history(session);
      if (entries !== null) return entries;
      if (sessions.find(input.sessionId) === null) throw errors.SESSION_GONE();
      void connectivity.suspect();
      throw errors.CENTRAL_UNREACHABLE();
    }),
  });
}
