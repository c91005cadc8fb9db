import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunk } from '../testing/pictures.ts';
import { stripMetadata } from '../../../shared/domain/picture/strip-metadata.ts';

const CANARY = 'canary 35.6295N 139.6398E';

function drawn(): Canvas {
  const canvas = createCanvas(64, 40);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#c81e5a';
  pen.fillRect(0, 0, 40, 40);
  pen.fillStyle = '#1e64c8';
  pen.fillRect(20, 10, 44, 20);
  return canvas;
}

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};
/** Exif in big-endian TIFF with a GPS directory: latitude as degrees, minutes, seconds. */
function exifWithPlace(): Buffer {
  const tiff = Buffer.alloc(80);
  tiff.write('MM', 0, 'latin1');
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  for (const [at, value] of [0x8825, 4].entries()) tiff.writeUInt16BE(value, 10 + at * 2);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt32BE(26, 18);
  tiff.writeUInt16BE(1, 26);
  for (const [at, value] of [2, 5].entries()) tiff.writeUInt16BE(value, 28 + at * 2);
  tiff.writeUInt32BE(3, 32);
  tiff.writeUInt32BE(44, 36);
  for (const [at, value] of [35, 1, 37, 1, 462, 10].entries()) tiff.writeUInt32BE(value, 44 + at * 4);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(CANARY)]));
}
const withJpegMetadata = (jpeg: Buffer): Buffer =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    exifWithPlace(),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${CANARY}</x:xmpmeta>`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${CANARY}`)),
    segment(0xfe, Buffer.from(CANARY)),
    jpeg.subarray(2),
    Buffer.from(CANARY),
  ]);
const withPngMetadata = (png: Buffer): Buffer =>
  Buffer.concat([
    png.subarray(0, 33),
    chunk('tEXt', Buffer.from(`Comment\0${CANARY}`)),
    chunk('eXIf', exifWithPlace().subarray(10)),
    chunk('tIME', Buffer.from([7, 234, 11, 26, 5, 0, 0])),
    png.subarray(33),
    Buffer.from(CANARY),
  ]);

async function pixels(picture: Buffer): Promise<Buffer> {
  const image = await loadImage(picture);
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  return Buffer.from(pen.getImageData(0, 0, image.width, image.height).data);
}

describe.each([
  ['image/jpeg', () => drawn().toBuffer('image/jpeg'), withJpegMetadata],
  ['image/png', () => drawn().toBuffer('image/png'), withPngMetadata],
] as const)('%s', (mediaType, draw, withMetadata) => {
  it('keeps the picture to the pixel and nothing that was written beside it', async () => {
    const plain = Buffer.from(draw());
    const told = Buffer.from(withMetadata(plain));
    expect(told.includes(CANARY)).toBe(true);
    const stripped = stripMetadata(told);
    if (!stripped.ok) throw new Error(stripped.error);
    expect(stripped.value).toMatchObject({ mediaType, width: 64, height: 40 });
    for (const trace of [CANARY, 'Exif', 'eXIf', 'xmpmeta', 'Photoshop', 'GPS']) {
      expect(Buffer.from(stripped.value.content).includes(trace), trace).toBe(false);
    }
    expect((await pixels(Buffer.from(stripped.value.content))).equals(await pixels(plain))).toBe(true);
    expect(stripMetadata(Buffer.from(stripped.value.content))).toEqual(stripped);
  });

  it('takes no part of one for a whole one (property)', () => {
    const whole = Buffer.from(withMetadata(Buffer.from(draw())));
    const end = whole.length - CANARY.length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end - 1 }), (cut) => {
        expect(stripMetadata(Buffer.from(whole.subarray(0, cut))).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

it('takes nothing for a picture whose pixels no camera has: a few bytes would fill the memory', () => {
  const jpeg = Buffer.from(drawn().toBuffer('image/jpeg'));
  const frameAt = jpeg.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc1, 0xc2].includes(jpeg[at + 1] ?? 0));
  const png = Buffer.from(drawn().toBuffer('image/png'));
  const sized = (width: number, height: number): [Buffer<ArrayBuffer>, Buffer<ArrayBuffer>] => {
    const frame = Buffer.from(jpeg);
    frame.writeUInt16BE(height, frameAt + 5);
    frame.writeUInt16BE(width, frameAt + 7);
    const header = Buffer.from(png.subarray(16, 29));
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    return [frame, Buffer.concat([png.subarray(0, 8), chunk('IHDR', header), png.subarray(33)])];
  };
  expect(sized(64, 40)).toEqual([jpeg, png]);
  for (const picture of sized(5_000, 5_000)) expect(stripMetadata(picture).ok).toBe(true);
  for (const picture of [...sized(30_000, 30_000), ...sized(5_000, 5_001), ...sized(64, 0)]) {
    expect(stripMetadata(picture)).toEqual({ ok: false, error: 'no-picture' });
  }
  const headless = Buffer.concat([png.subarray(0, 8), png.subarray(33)]);
  expect(stripMetadata(headless)).toEqual({ ok: false, error: 'no-picture' });
});

it('takes nothing else for a picture, and fails at nothing (property)', () => {
  for (const text of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '\xff\xd8\xff\xd9']) {
    expect(stripMetadata(Buffer.from(text, 'latin1'))).toEqual({ ok: false, error: 'no-picture' });
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, isPng) => {
      const start = isPng ? [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] : [0xff, 0xd8];
      expect(stripMetadata(Buffer.from([...start, ...bytes])).ok).toBe(false);
    }),
  );
});
