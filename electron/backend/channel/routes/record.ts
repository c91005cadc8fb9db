import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { RecordDesk, RecordError } from '../../record/record-desk.ts';
import type { Sessions } from '../../sessions/sessions.ts';

type Common = Exclude<RecordError['code'], 'throttled' | 'not-allowed' | 'no-contact' | 'code-wrong' | 'id-taken'>;

/** The codes at the seam of what may happen to each of the calls. */
const COMMON = {
  unreachable: 'CENTRAL_UNREACHABLE',
  'outcome-unknown': 'OUTCOME_UNKNOWN',
  over: 'OVER',
  'session-gone': 'SESSION_GONE',
} as const satisfies Record<Common, string>;

export function recordRoutes({ sessions, record }: { sessions: Sessions; record: RecordDesk }) {
  const os = implement(contract.record);
  return os.router({
    begin: os.begin.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const begun = await record.begin(session, wanted);
      if (begun.ok) return begun.value;
      const { error } = begun;
      if (error.code === 'throttled') throw errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
      if (error.code === 'not-allowed') throw errors.NOT_ALLOWED();
      if (error.code === 'no-contact') throw errors.NO_CONTACT();
      if (error.code === 'id-taken') throw errors.ID_TAKEN();
      throw errors[commonOf(error.code)]();
    }),
    prove: os.prove.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const proved = await record.prove(session, wanted);
      if (proved.ok) return;
      const { error } = proved;
      if (error.code === 'throttled') throw errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
      if (error.code === 'code-wrong') throw errors.CODE_WRONG();
      throw errors[commonOf(error.code)]();
    }),
    complete: os.complete.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const completed = await record.complete(session, wanted);
      if (completed.ok) return completed.value;
      const { error } = completed;
      if (error.code === 'throttled') throw errors.THROTTLED({ data: { retryAfterSeconds: error.retryAfterSeconds } });
      if (error.code === 'id-taken') throw errors.ID_TAKEN();
      throw errors[commonOf(error.code)]();
    }),
    print: os.print.handler(async ({ input, errors }) => {
      const { sessionId, ...wanted } = input;
      const session = sessions.find(sessionId);
      if (session === null) throw errors.SESSION_GONE();
      const printed = await record.print(session, wanted);
      if (!printed.ok) throw errors.NOT_HELD();
      return printed.value;
    }),
  });
}

/** Central answers no call with what is another's. */
function commonOf(code: Exclude<RecordError['code'], 'throttled'>): (typeof COMMON)[Common] {
  switch (code) {
    case 'unreachable':
    case 'outcome-unknown':
    case 'over':
    case 'session-gone':
      return COMMON[code];
    case 'not-allowed':
    case 'no-contact':
    case 'code-wrong':
    case 'id-taken':
      return 'OVER';
  }
}
