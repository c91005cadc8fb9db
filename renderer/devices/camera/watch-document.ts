import type { Guidance, Judgement, Looks } from '../../../shared/domain/frame/frame.ts';
import { startGuide } from './guide.ts';
import { type CameraProblem, openCamera } from './open-camera.ts';
import { isSteady, steadier, type Steadiness } from './steady.ts';

export interface Shot {
  readonly picture: Blob;
  readonly judgement: Judgement;
}

/** Shows the camera's picture, says what it lacks, and takes it: by itself when the card lies still, or when asked to. */
export async function watchDocument(input: {
  readonly video: HTMLVideoElement;
  readonly otherSide: Looks | null;
  readonly signal: AbortSignal;
  /** Whether the customer pressed the button; asked before each frame. */
  isAsked(): boolean;
  onGuidance(guidance: Guidance): void;
  onShot(shot: Shot): void;
  onProblem(problem: CameraProblem): void;
}): Promise<void> {
  const { video, otherSide, signal, isAsked } = input;
  const camera = await openCamera();
  if (!camera.ok) {
    if (!signal.aborted) input.onProblem(camera.error);
    return;
  }
  const guide = startGuide();
  const unplugged = new AbortController();
  const ended = AbortSignal.any([signal, unplugged.signal]);
  for (const track of camera.value.getTracks()) track.addEventListener('ended', () => unplugged.abort());
  try {
    video.srcObject = camera.value;
    await video.play();
    let steadiness: Steadiness = null;
    while (await nextFrame(video, ended)) {
      const wasAsked = isAsked();
      const isShot = wasAsked || isSteady(steadiness, performance.now());
      const { judgement, picture } = await guide.look(video, isShot, otherSide);
      if (ended.aborted) break;
      // What the customer asked for is shown as it is; by itself only a good one is taken.
      if (picture !== null && (wasAsked || judgement.guidance === 'found')) {
        input.onShot({ picture, judgement });
        return;
      }
      steadiness = steadier(steadiness, judgement, performance.now());
      input.onGuidance(judgement.guidance);
    }
    if (!signal.aborted) input.onProblem('unplugged');
  } catch (error) {
    // Taken from under the page, or pulled out while a frame was read.
    if (!signal.aborted) input.onProblem(error instanceof DOMException ? 'unplugged' : 'busy');
  } finally {
    guide.stop();
    for (const track of camera.value.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** @returns false: there is no next one */
function nextFrame(video: HTMLVideoElement, ended: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve(false);
    const stop = (): void => resolve(false);
    ended.addEventListener('abort', stop, { once: true });
    video.requestVideoFrameCallback(() => {
      ended.removeEventListener('abort', stop);
      resolve(true);
    });
  });
}
