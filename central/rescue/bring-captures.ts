import {
  CAPTURE_LIMITS,
  type CapturePart,
  type CaptureRequest,
  captureStateSchema,
} from '../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText } from '../start-failure.ts';
import type { RescuedApplication, RescuedCapture } from './open-rescue-file.ts';

/**
 * Before the application that names them. Where central takes one not, it holds the application for the identity check:
 * only a central that can't answer stops the import.
 */
export async function bringCaptures(
  central: string,
  token: string,
  { captures, submissionGrant }: RescuedApplication,
): Promise<Result<void, string>> {
  for (const capture of captures) {
    try {
      await bring(capture);
    } catch (error) {
      return err(`central cannot be reached: ${errorText(error)}`);
    }
  }
  return ok(undefined);

  async function bring({ applicationId, hash, mediaType, content }: RescuedCapture): Promise<void> {
    const path = `${CENTRAL_PATHS.captures}/${applicationId}/${hash}`;
    const told: CaptureRequest = { bytes: content.length, mediaType };
    let state = await ask('PUT', path, told);
    while (state !== null && !state.complete) {
      const { received } = state;
      const part: CapturePart = {
        offset: received,
        base64: content.toString('base64', received, received + CAPTURE_LIMITS.partBytes),
      };
      state = await ask('POST', `${path}/parts`, part);
      if (state !== null && state.received <= received) return;
    }
  }

  /** null: central doesn't take it. */
  async function ask(method: string, path: string, body: CaptureRequest | CapturePart) {
    const answer = await fetch(`${central}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        [SUBMISSION_GRANT_HEADER]: submissionGrant,
      },
      body: JSON.stringify(body),
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error(`it answered ${answer.status}`);
    const state = captureStateSchema.safeParse(await answer.json());
    return answer.ok && state.success ? state.data : null;
  }
}
