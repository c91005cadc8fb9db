import type { FaceJudgement, Judgement, Wanted } from '../../../shared/domain/frame/frame.ts';

/** What the page asks its worker; once a picture is taken, to wipe the frame that it holds. */
export type WorkerQuestion = FrameQuestion | 'forget';

/** To look at a frame, or to make the picture of it as well. */
export interface FrameQuestion {
  readonly frame: VideoFrame;
  readonly isShot: boolean;
  readonly wanted: Wanted;
}

/** null: the worker can't look at frames. */
export type WorkerAnswer = FrameAnswer | null;

export interface FrameAnswer {
  readonly judgement: Judgement | FaceJudgement;
  /** JPEG; null where it was only looked at. */
  readonly picture: Blob | null;
}
