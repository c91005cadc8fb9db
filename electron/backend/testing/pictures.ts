import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { PictureKind } from '../../../shared/domain/identity-policy.ts';
import type { Person } from '../../../tests/builders/sample-face.ts';
import { drawScene, type Scene } from '../../../tests/builders/sample-document.ts';
import { stripMetadata } from '../../../shared/domain/picture/strip-metadata.ts';

/** A document as the camera hands it over, without anything beside the picture. */
export function pictureOf(scene: Scene): Buffer<ArrayBuffer> {
  const picture = stripMetadata(Buffer.from(drawScene(scene).toBuffer('image/jpeg', 90)));
  if (!picture.ok) throw new Error(picture.error);
  return Buffer.from(picture.value.content);
}

const TILTED = { degrees: 45, about: 'long' } as const;

/** Small and legible. @param nth another one for each */
export function documentPicture(shows: PictureKind, nth = 0): Buffer<ArrayBuffer> {
  const lying = { x: 0.5, y: 0.5, size: 0.8 - nth / 100 };
  const card = shows === 'thickness' ? { ...lying, size: 0.72, tilt: TILTED } : { ...lying, side: shows };
  return pictureOf({ width: 640, height: 400, cards: [card] });
}

/** A whole grey PNG of noise, about so large. */
export function pngOf(bytes: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bytes, 0);
  header.writeUInt32BE(1, 4);
  header[8] = 8;
  const row = Buffer.concat([Buffer.from([0]), randomBytes(bytes)]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(row, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A licence's front with that person's photo on it. */
export const frontOf = (holder: Person): Buffer<ArrayBuffer> =>
  pictureOf({ width: 640, height: 400, cards: [{ x: 0.5, y: 0.5, size: 0.8, holder }] });

/**
 * Who stands before the camera.
 * @param size from the middle of the face to the chin, in shares of the picture's height
 * @param leans in degrees, to the right of the picture
 */
export function facePicture(persons: readonly Person[], size = 0.22, leans = 0): Buffer<ArrayBuffer> {
  const faces = persons.map((person, nth) => ({ person, x: (nth + 1) / (persons.length + 1), y: 0.45, size, leans }));
  return pictureOf({ width: 640, height: 480, ground: '#b9b3a6', cards: [], faces });
}
