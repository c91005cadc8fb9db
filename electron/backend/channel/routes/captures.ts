import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { CaptureDesk } from '../../captures/capture-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function capturesRoutes({ sessions, captures }: { sessions: Sessions; captures: CaptureDesk }) {
  const os = implement(contract.captures);
  return os.router({
    begin: os.begin.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      if (!captures.begin(session, input.applicationId).ok) throw errors.NOT_OPEN();
    }),
    end: os.end.handler(({ input }) => captures.end(input.sessionId)),
    taken: os.taken.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const taken = captures.taken(session, input.applicationId);
      if (!taken.ok) throw errors.NOT_OPEN();
      return [...taken.value];
    }),
    keep: os.keep.handler(async ({ input, errors }) => {
      const picture = Buffer.from(await input.picture.arrayBuffer());
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const kept = await captures.keep(session, input.applicationId, input.shows, picture);
      if (kept.ok) return kept.value;
      const { error } = kept;
      if (error.code === 'NOT_LEGIBLE') throw errors.NOT_LEGIBLE({ data: { flaw: error.flaw } });
      throw errors[error.code]();
    }),
  });
}
