import { err, ok, type Result } from '../../../shared/domain/result.ts';

/** Why there is no picture to look at. */
export type CameraProblem = 'none' | 'denied' | 'busy' | 'unplugged';

/** Print can't be read on anything narrower. */
const NARROWEST = 640;

export async function openCamera(): Promise<Result<MediaStream, CameraProblem>> {
  try {
    return ok(
      await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: 1920, min: NARROWEST }, height: { ideal: 1080 } },
      }),
    );
  } catch (error) {
    return err(problemOf(error instanceof DOMException ? error.name : ''));
  }
}

function problemOf(name: string): CameraProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    default:
      return 'busy';
  }
}
