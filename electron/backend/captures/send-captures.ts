import {
  CAPTURE_ERRORS,
  type CapturePart,
  type CaptureRequest,
  type CaptureState,
  captureStateSchema,
} from '../../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { SUBMISSION_GRANT_HEADER } from '../../../shared/central-api/terminal-v1.ts';
import type { StateReason } from '../../../shared/contract/events.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient, CentralRequest } from '../central/central-client.ts';
import type { StepProbe } from '../step-probe.ts';
import type { Capture, CaptureStore } from './capture-store.ts';

/** What became of an application's pictures; nothing of the application itself has been sent yet. */
export type Sent =
  | { readonly kind: 'whole' }
  /** Central, or the line to it, could not take the rest now: it goes on from where central is. */
  | { readonly kind: 'again'; readonly answer: CentralAnswer<unknown> }
  | { readonly kind: 'not-possible'; readonly reason: StateReason };

/** Small enough for a slow line within the time that a part has. */
const PART_BYTES = 128 * 1024;
const PART_TIMEOUT_MS = 30_000;

/** Brings pictures to central in parts, each from the byte that central has: nothing of that is remembered here. */
export function createCaptureSender(parts: {
  client: CentralClient;
  captures: Pick<CaptureStore, 'of' | 'read'>;
  probe: StepProbe;
}) {
  const { client, captures, probe } = parts;

  const ask = (request: CentralRequest, grant: string): Promise<CentralAnswer<CaptureState>> =>
    client.call({ ...request, headers: { [SUBMISSION_GRANT_HEADER]: grant } }, captureStateSchema);

  /** One that this terminal lost may have come to central before that. */
  async function findAtCentral(path: string, grant: string): Promise<Sent> {
    const answer = await ask({ method: 'GET', path }, grant);
    if (answer.kind !== 'ok') return notWhole(answer);
    return answer.body.complete ? { kind: 'whole' } : { kind: 'not-possible', reason: 'captures-unsent' };
  }

  async function sendOne(path: string, grant: string, capture: Capture, content: Buffer): Promise<Sent> {
    const { bytes, mediaType } = capture;
    const declared: CaptureRequest = { bytes, mediaType };
    let answer = await ask({ method: 'PUT', path, body: JSON.stringify(declared) }, grant);
    while (answer.kind === 'ok') {
      const { received, complete } = answer.body;
      if (complete) return { kind: 'whole' };
      const part: CapturePart = {
        offset: received,
        base64: content.toString('base64', received, received + PART_BYTES),
      };
      answer = await ask(
        { method: 'POST', path: `${path}/parts`, body: JSON.stringify(part), timeoutMs: PART_TIMEOUT_MS },
        grant,
      );
      probe.reached('send.capture-part');
      // An answer that says no more than the one before would go on for ever.
      if (answer.kind === 'ok' && answer.body.received <= received) return { kind: 'again', answer };
    }
    return notWhole(answer);
  }

  return {
    /** @param hashes the pictures that the application names */
    send: async (applicationId: string, hashes: readonly string[], grant: string): Promise<Sent> => {
      const here = new Map(captures.of(applicationId).map((capture) => [capture.hash, capture]));
      for (const hash of hashes) {
        const path = `${CENTRAL_PATHS.captures}/${applicationId}/${hash}`;
        const capture = here.get(hash);
        const content = capture === undefined ? null : captures.read(capture);
        const sent =
          capture === undefined || content === null || !content.ok
            ? await findAtCentral(path, grant)
            : await sendOne(path, grant, capture, content.value);
        if (sent.kind !== 'whole') return sent;
      }
      return { kind: 'whole' };
    },
  };
}

function notWhole(answer: Exclude<CentralAnswer<CaptureState>, { kind: 'ok' }>): Sent {
  if (answer.kind !== 'error') return { kind: 'again', answer };
  const { status, error } = answer;
  // Central is elsewhere than it said, or what came is not what was sent: it says where it is when it is asked again.
  const isMishap = error.code === CAPTURE_ERRORS.offset || error.code === CAPTURE_ERRORS.hash;
  if (isMishap || status >= 500 || [401, 408, 425, 429].includes(status)) return { kind: 'again', answer };
  return { kind: 'not-possible', reason: status === 403 ? 'not-authorised' : 'captures-unsent' };
}
