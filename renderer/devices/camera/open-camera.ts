import { err, ok, type Result } from '../../../shared/domain/result.ts';

/** Why there is no picture to look at. */
export type CameraProblem = 'none' | 'denied' | 'busy' | 'unplugged';

/** Print can't be read on anything narrower. */
const NARROWEST = 640;

/** @param camera null: whichever the browser takes */
export async function openCamera(camera: string | null): Promise<Result<MediaStream, CameraProblem>> {
  try {
    return ok(
      await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          ...{ width: { ideal: 1920, min: NARROWEST }, height: { ideal: 1080 } },
          ...(camera === null ? {} : { deviceId: { exact: camera } }),
        },
      }),
    );
  } catch (error) {
    return err(problemOf(error instanceof DOMException ? error.name : ''));
  }
}

/** After the last comes the first; null: there is one alone. They are named once one of them may be used. */
export async function nextCamera(stream: MediaStream): Promise<string | null> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const cameras = devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId);
  const current = stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
  return cameras.length < 2 ? null : (cameras[(cameras.indexOf(current) + 1) % cameras.length] ?? null);
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
