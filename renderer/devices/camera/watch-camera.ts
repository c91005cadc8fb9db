import type { FaceJudgement, Judgement, Wanted } from '../../../shared/domain/frame/frame.ts';
import { startGuide } from './guide.ts';
import { type CameraProblem, nextCamera, openCamera } from './open-camera.ts';
import { isSteady, steadier, type Steadiness } from './steady.ts';

export interface Shot {
  readonly picture: Blob;
  readonly judgement: Judgement | FaceJudgement;
}

export type Guidance = Shot['judgement']['guidance'];

/** Share of the picture's width by which a card that lies there may move, a camera trembling, and one that is held. */
const STILL = { side: 0.015, thickness: 0.04, face: 0 } as const;
/** A camera that gives no frame for so long, or whose frames nobody looked at, is none to wait for. */
const PATIENCE_MS = 10_000;
/** Two or three frames of a camera of 30 a second: more looks keep a small machine busy, and no hand follows faster. */
const LOOK_EVERY_MS = 60;

/**
 * Shows the camera's picture, says what it lacks, and takes it: by itself when the card lies still and the customer sees
 * it, or when asked to. A face is taken when asked to alone: nothing here sees whether there is one.
 */
export async function watchCamera(input: {
  readonly video: HTMLVideoElement;
  readonly wanted: Wanted;
  /** null: whichever the browser takes. */
  readonly camera: string | null;
  readonly signal: AbortSignal;
  /** Whether the customer pressed the button; asked before each look. */
  isAsked(): boolean;
  onGuidance(guidance: Guidance): void;
  onShot(shot: Shot): void;
  /** Which one comes after the one that is on; null: there is no other. */
  onNextCamera(camera: string | null): void;
  onProblem(problem: CameraProblem): void;
}): Promise<void> {
  const { video, wanted, signal, isAsked } = input;
  const camera = await openCamera(input.camera);
  if (!camera.ok) {
    if (!signal.aborted) input.onProblem(camera.error);
    return;
  }
  const guide = startGuide();
  const unplugged = new AbortController();
  const stalled = new AbortController();
  const ended = AbortSignal.any([signal, unplugged.signal, stalled.signal]);
  let patience = setTimeout(() => stalled.abort(), PATIENCE_MS);
  for (const track of camera.value.getTracks()) track.addEventListener('ended', () => unplugged.abort());
  try {
    video.srcObject = camera.value;
    void nextCamera(camera.value).then((next) => {
      if (!ended.aborted) input.onNextCamera(next);
    });
    await unlessEnded(video.play(), ended);
    let steadiness: Steadiness = null;
    let lookedAt = Number.NEGATIVE_INFINITY;
    while ((await unlessEnded(nextFrame(video), ended)) !== 'ended') {
      if (performance.now() - lookedAt < LOOK_EVERY_MS) continue;
      lookedAt = performance.now();
      const wasAsked = isAsked();
      if (isCovered(video)) steadiness = null;
      const isShot = wasAsked || isSteady(steadiness, performance.now());
      const seen = await unlessEnded(guide.look(video, isShot, wanted), ended);
      if (seen === 'ended') break;
      clearTimeout(patience);
      patience = setTimeout(() => stalled.abort(), PATIENCE_MS);
      const { judgement, picture } = seen;
      // What the customer asked for is shown as it is; by itself only a good one is taken.
      if (picture !== null && (wasAsked || (judgement.guidance === 'found' && !isCovered(video)))) {
        input.onShot({ picture, judgement });
        return;
      }
      steadiness = steadier(steadiness, judgement, performance.now(), STILL[wanted.kind]);
      input.onGuidance(judgement.guidance);
    }
    if (!signal.aborted) input.onProblem(stalled.signal.aborted ? 'busy' : 'unplugged');
  } catch (error) {
    // Taken from under the page, or pulled out while a frame was read.
    if (!signal.aborted) input.onProblem(error instanceof DOMException ? 'unplugged' : 'busy');
  } finally {
    clearTimeout(patience);
    guide.stop();
    for (const track of camera.value.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/** By a dialog: who reads it doesn't see what is taken, and would be called away from it. */
function isCovered(video: HTMLVideoElement): boolean {
  return video.closest('[inert], [aria-hidden="true"]') !== null;
}

function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => video.requestVideoFrameCallback(() => resolve()));
}

/** What never comes keeps nobody here once the camera's time is over. */
function unlessEnded<Value>(work: Promise<Value>, ended: AbortSignal): Promise<Value | 'ended'> {
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve('ended');
    ended.addEventListener('abort', stop, { once: true });
    if (ended.aborted) stop();
    void work.then(resolve, reject).finally(() => ended.removeEventListener('abort', stop));
  });
}
