import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { SessionView } from '../../../../shared/contract/session.ts';
import { cantHappen } from '../../../../shared/domain/cant-happen.ts';
import type { ApplicationDesk } from '../../applications/application-desk.ts';
import type { Connectivity } from '../../central/connectivity.ts';
import type { DraftDesk } from '../../drafts/draft-desk.ts';
import type { Session, Sessions } from '../../sessions/sessions.ts';

export function sessionRoutes(parts: {
  sessions: Sessions;
  desk: ApplicationDesk;
  drafts: Pick<DraftDesk, 'entriesOf'>;
  connectivity: Connectivity;
}) {
  const { sessions, desk, drafts, connectivity } = parts;
  const os = implement(contract.session);
  return os.router({
    signIn: os.signIn.handler(async ({ input, errors }) => {
      const { requestId, loginId, password } = input;
      const result = await sessions.signIn({ requestId, loginId, password });
      if (result.ok) return { sessionId: result.value.id };
      switch (result.error.code) {
        case 'refused':
          throw errors.SIGN_IN_REFUSED();
        case 'throttled':
          throw errors.THROTTLED({ data: { retryAfterSeconds: result.error.retryAfterSeconds } });
        case 'unreachable':
          void connectivity.suspect();
          throw errors.CENTRAL_UNREACHABLE();
        default:
          return cantHappen(result.error);
      }
    }),
    view: os.view.handler(async ({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      if (connectivity.state() === 'reachable') await sessions.refresh(session);
      else session.fresh = false;
      if (sessions.find(input.sessionId) === null) throw errors.SESSION_GONE();
      return {
        facts: desk.factsOf(session),
        record: session.record,
        asOf: session.asOf,
        fresh: session.fresh,
        accounts: [...session.accounts],
        applications: desk.outcomesOf(session),
        drafts: drafts.entriesOf(session),
        correcting: correctingOf(session),
      };
    }),
    touch: os.touch.handler(({ input, errors }) => {
      if (!sessions.touch(input.sessionId)) throw errors.SESSION_GONE();
    }),
    end: os.end.handler(({ input }) => sessions.end(input.sessionId)),
  });
}

function correctingOf({ correcting }: Session): SessionView['correcting'] {
  return correcting === null ? null : { procedureId: correcting.procedureId, receiptNumber: correcting.receiptNumber };
}
