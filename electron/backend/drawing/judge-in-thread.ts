import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Judgement } from '../../../shared/domain/frame/frame.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';
import { judgeTilted } from '../../../shared/domain/frame/judge-tilted.ts';
import type { PictureKind } from '../../../shared/domain/identity-policy.ts';

/** Along a card: five a millimetre, as the narrowest camera that the page opens (640) gives of one within its frame. */
const LEGIBLE = 440;

/** The picture by itself: how it goes with the ones that were taken before is another question. */
export async function judge(picture: Uint8Array, shows: PictureKind): Promise<Judgement> {
  const image = await loadImage(Buffer.from(picture));
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext('2d');
  pen.drawImage(image, 0, 0);
  const frame = { width, height, pixels: pen.getImageData(0, 0, width, height).data };
  return shows === 'thickness' ? judgeTilted(frame, null, LEGIBLE) : judgeFrame(frame, null, LEGIBLE);
}
