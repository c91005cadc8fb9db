import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { CaptureDesk } from '../../captures/capture-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function capturesRoutes({ sessions, captures }: { sessions: Sessions; captures: CaptureDesk }) {
  const os = implement(contract.captures);
  return os.router({
    keep: os.keep.handler(async ({ input, errors }) => {
      const picture = Buffer.from(await input.picture.arrayBuffer());
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const kept = captures.keep(session, input.applicationId, picture);
      if (!kept.ok) throw errors[kept.error]();
      return { captureId: kept.value };
    }),
    discard: os.discard.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      if (!captures.discard(session, input.applicationId, input.captureId).ok) throw errors.NOT_OPEN();
    }),
  });
}
