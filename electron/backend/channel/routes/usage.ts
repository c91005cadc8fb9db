import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { Connectivity } from '../../central/connectivity.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function usageRoutes({ sessions, connectivity }: { sessions: Sessions; connectivity: Connectivity }) {
  const os = implement(contract.usage);
  return os.router({
    get: os.get.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const lines = await sessions.usage(session);
      if (lines !== null) return lines;
      if (sessions.find(input.sessionId) === null) throw errors.SESSION_GONE();
      void connectivity.suspect();
      throw errors.CENTRAL_UNREACHABLE();
    }),
  });
}
