import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { FaceJudgement, Judgement } from '../../../shared/domain/frame/frame.ts';
import { judgeFace } from '../../../shared/domain/frame/judge-face.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';
import { judgeTilted } from '../../../shared/domain/frame/judge-tilted.ts';
import type { Photographed } from '../../../shared/domain/identity-policy.ts';

/** Along a card: five a millimetre, as the narrowest camera that the page opens (640) gives of one within its frame. */
const LEGIBLE = 440;

/** The picture by itself: how it goes with the ones that were taken before is another question. */
export async function judge(picture: Uint8Array, shows: Photographed): Promise<Judgement | FaceJudgement> {
  const image = await loadImage(Buffer.from(picture));
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext('2d');
  pen.drawImage(image, 0, 0);
  const frame = { width, height, pixels: pen.getImageData(0, 0, width, height).data };
  if (shows === 'face') return judgeFace(frame);
  return shows === 'thickness' ? judgeTilted(frame, null, LEGIBLE) : judgeFrame(frame, null, LEGIBLE);
}
