import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { DraftDesk } from '../../drafts/draft-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function draftsRoutes({ sessions, drafts }: { sessions: Sessions; drafts: DraftDesk }) {
  const os = implement(contract.drafts);
  return os.router({
    keep: os.keep.handler(async ({ input, errors }) => {
      const { sessionId, ...draft } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const kept = await drafts.keep(session, draft);
      if (kept.ok) return kept.value;
      switch (kept.error) {
        case 'not-offered':
          throw errors.NOT_OFFERED();
        case 'too-many':
          throw errors.TOO_MANY();
        case 'already-applied':
          throw errors.ALREADY_APPLIED();
        case 'disk-full':
          throw errors.DISK_FULL();
        default:
          return cantHappen(kept.error);
      }
    }),
    read: os.read.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const content = await drafts.read(session, input.draftId);
      if (content.ok) return content.value;
      if (content.error === 'unreachable') throw errors.CENTRAL_UNREACHABLE();
      throw errors.UNKNOWN_DRAFT();
    }),
    erase: os.erase.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const erased = await drafts.erase(session, input.draftId);
      if (!erased.ok) throw errors.CENTRAL_UNREACHABLE();
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const outcome = await drafts.print(session, input.draftId, input.language);
      if (!outcome.ok) throw errors.UNKNOWN_DRAFT();
      return outcome.value;
    }),
  });
}
