import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

const builtWorker = (): string | undefined =>
  readdirSync(join(import.meta.dirname, '../../out/renderer/assets')).find(
    (file) => file.startsWith('guidance-worker') && file.endsWith('.js'),
  );

// As text: this project has no DOM. A frame 64 wide and 48 high, red on its left and blue on its right.
const pictureOf = (init: object): string => `(async () => {
  const seen = new OffscreenCanvas(64, 48);
  const brush = seen.getContext('2d');
  brush.fillStyle = '#f00';
  brush.fillRect(0, 0, 32, 48);
  brush.fillStyle = '#00f';
  brush.fillRect(32, 0, 32, 48);
  const frame = new VideoFrame(seen, { timestamp: 0, ...${JSON.stringify(init)} });
  const worker = new Worker('/assets/${builtWorker()}', { type: 'module' });
  const { picture } = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ frame, isShot: true, wanted: { kind: 'side', otherSide: null } }, [frame]);
  });
  worker.terminate();
  const taken = await createImageBitmap(picture);
  const { width, height } = taken;
  seen.width = width;
  seen.height = height;
  brush.drawImage(taken, 0, 0);
  const colourAt = (x, y) => {
    const [red, , blue] = brush.getImageData(x, y, 1, 1).data;
    return red > blue ? 'red' : 'blue';
  };
  return { width, height, topLeft: colourAt(4, 4), topRight: colourAt(width - 5, 4), bottomLeft: colourAt(4, height - 5) };
})()`;

for (const { what, init, size, corners } of [
  { what: 'upright', init: {}, size: [64, 48], corners: ['red', 'blue', 'red'] },
  { what: 'turned by a quarter', init: { rotation: 90 }, size: [48, 64], corners: ['red', 'red', 'blue'] },
  { what: 'turned by half', init: { rotation: 180 }, size: [64, 48], corners: ['blue', 'red', 'blue'] },
  { what: 'mirrored', init: { flip: true }, size: [64, 48], corners: ['blue', 'red', 'blue'] },
]) {
  test(`a frame that the camera gives ${what} is taken as it is to be seen`, async ({ page, stack }) => {
    await new Kiosk(page, stack).open();
    const [width, height] = size;
    const [topLeft, topRight, bottomLeft] = corners;
    expect(await page.evaluate(pictureOf(init))).toEqual({ width, height, topLeft, topRight, bottomLeft });
  });
}
