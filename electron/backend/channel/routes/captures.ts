import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { CaptureDesk } from '../../captures/capture-desk.ts';
import type { PhoneDesk } from '../../captures/phone-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

export function capturesRoutes(parts: { sessions: Sessions; captures: CaptureDesk; phone: PhoneDesk }) {
  const { sessions, captures, phone } = parts;
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
    show: os.show.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const picture = captures.show(session, input.applicationId, input.captureId);
      if (!picture.ok) throw errors[picture.error]();
      const { content, mediaType } = picture.value;
      return new File([new Uint8Array(content)], 'picture', { type: mediaType });
    }),
    discard: os.discard.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      phone.giveUp(session, input.applicationId, input.person);
      if (!captures.discard(session, input.applicationId, input.person).ok) throw errors.NOT_OPEN();
    }),
    discardFace: os.discardFace.handler(({ input, errors }) => {
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      if (!captures.discardFace(session, input.applicationId, input.person).ok) throw errors.NOT_OPEN();
    }),
    keep: os.keep.handler(async ({ input, errors }) => {
      const picture = Buffer.from(await input.picture.arrayBuffer());
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const kept = await captures.keep(session, input.applicationId, input.shows, picture);
      if (kept.ok) return kept.value;
      const { error } = kept;
      if (error.code === 'NOT_LEGIBLE') throw errors.NOT_LEGIBLE({ data: { flaw: error.flaw } });
      if (error.code === 'NO_GOOD_FACE') throw errors.NO_GOOD_FACE({ data: { flaw: error.flaw } });
      throw errors[error.code]();
    }),
    tilt: os.tilt.handler(async ({ input, errors }) => {
      const picture = Buffer.from(await input.picture.arrayBuffer());
      const session = sessions.find(input.sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const seen = await captures.tilt(session, input.applicationId, input.captureId, picture);
      if (seen.ok) return seen.value;
      const { error } = seen;
      if (error.code === 'NOT_TILTED') throw errors.NOT_TILTED({ data: { flaw: error.flaw } });
      throw errors[error.code]();
    }),
  });
}
