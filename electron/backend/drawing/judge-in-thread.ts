import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { Judgement, Looks } from '../../../shared/domain/frame/frame.ts';
import { judgeFrame } from '../../../shared/domain/frame/judge-frame.ts';

export async function judge(picture: Uint8Array, otherSide: Looks | null): Promise<Judgement> {
  const image = await loadImage(Buffer.from(picture));
  const { width, height } = image;
  const pen = createCanvas(width, height).getContext('2d');
  pen.drawImage(image, 0, 0);
  return judgeFrame({ width, height, pixels: pen.getImageData(0, 0, width, height).data }, otherSide);
}
