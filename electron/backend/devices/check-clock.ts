import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { authorizationServerSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { ClockTest } from '../../../shared/contract/devices.ts';
import type { Transport } from '../central/transport.ts';
import type { SystemClock } from '../ports.ts';

const TIMEOUT_MS = 5_000;
/** `Date` names the second that has begun; on the average half of it is over. */
const HALF_SECOND_MS = 500;

/** Asks central for its time anew. The way there and back is taken as equally long. */
export async function testClock(parts: { transport: Transport; system: SystemClock }): Promise<ClockTest> {
  const asked = parts.system();
  const answer = await parts.transport.send({
    method: 'GET',
    path: CENTRAL_PATHS.authorizationServer,
    headers: {},
    timeoutMs: TIMEOUT_MS,
  });
  const answered = parts.system();
  if (answer.kind === 'no-answer' || !authorizationServerSchema.safeParse(answer.json).success) {
    return { kind: 'no-answer' };
  }
  const central = Date.parse(answer.headers.date ?? '');
  if (Number.isNaN(central)) return { kind: 'no-answer' };
  const aheadMs = (asked + answered) / 2 - (central + HALF_SECOND_MS);
  return { kind: 'compared', aheadSeconds: Math.round(aheadMs / 1000) };
}
