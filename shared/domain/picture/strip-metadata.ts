import type { CaptureRequest } from '../../central-api/captures.ts';
import { err, ok, type Result } from '../result.ts';
import { crc32 } from './crc32.ts';

export interface Picture {
  readonly mediaType: CaptureRequest['mediaType'];
  readonly content: Uint8Array;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Without what was beside it, and as large as it says. */
export type StrippedPicture = Picture & Size;

/**
 * The picture and nothing that was written beside it: no place, time, device, comment or thumbnail, nor what follows
 * its end. Only what a decoder needs is taken over, so that what nobody thought of is left behind too. One of more
 * pixels than a camera has is none: a few bytes may say so many that decoding them takes all of the machine's memory.
 */
export function stripMetadata(bytes: Uint8Array): Result<StrippedPicture, 'no-picture'> {
  const jpeg = stripJpeg(bytes);
  if (jpeg !== null) return ok({ mediaType: 'image/jpeg', ...jpeg });
  const png = stripPng(bytes);
  return png === null ? err('no-picture') : ok({ mediaType: 'image/png', ...png });
}

type Stripped = Size & { readonly content: Uint8Array };

const MOST_PIXELS = 25_000_000;
/** Segments or chunks. Far more than any camera writes; without an end to them small ones would cost far more than they weigh. */
const MOST_PARTS = 10_000;

function isSizeOfPicture({ width, height }: Size): boolean {
  return width > 0 && height > 0 && width * height <= MOST_PIXELS;
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

/** Of bytes that name something. */
const lettersOf = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
/** They say how large the picture is. C8 is reserved. */
const FRAME_MARKERS: ReadonlySet<number> = new Set([
  ...[0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf],
]);
/** Tables and scans. DC would say the height once more. */
const NEEDED_MARKERS: ReadonlySet<number> = new Set([...FRAME_MARKERS, 0xc4, 0xcc, SOS, 0xdb, 0xdd]);
const ADOBE = 0xee;
/** Says how the colours are stored; nothing else fits into it. */
const ADOBE_LENGTH = 14;

/** null: it is no JPEG, or not a whole one. */
function stripJpeg(bytes: Uint8Array): Stripped | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 2)];
  let size: Size | null = null;
  let isWhole = false;
  let at = 2;
  for (let parts = 0; parts < MOST_PARTS; parts += 1) {
    if (bytes[at] !== 0xff) return null;
    // A marker may be led by any number of these.
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (marker === EOI) {
      return isWhole && size !== null ? { ...size, content: joined([...kept, bytes.subarray(at, at + 2)]) } : null;
    }
    if (marker === undefined || at + 4 > bytes.length) return null;
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    const isAdobe = marker === ADOBE && length === ADOBE_LENGTH && lettersOf(segment, 4, 9) === 'Adobe';
    if (FRAME_MARKERS.has(marker)) {
      if (length < 8) return null;
      size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      if (!isSizeOfPicture(size)) return null;
    }
    if (NEEDED_MARKERS.has(marker) || isAdobe) kept.push(segment);
    at = end;
    if (marker !== SOS) continue;
    isWhole = size !== null;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  return null;
}

/** Where its compressed data ends and the next marker begins. */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0;
    const isData = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isData) return at;
    at = bytes.indexOf(0xff, at + 2);
  }
  return bytes.length;
}

const PNG_SIGNATURE = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const IHDR_LENGTH = 13;
const NEEDED_CHUNKS: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND']);

/** null: it is no PNG, or not a whole one. */
function stripPng(bytes: Uint8Array): Stripped | null {
  if (PNG_SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null;
  const view = viewOf(bytes);
  const kept: Uint8Array[] = [PNG_SIGNATURE];
  let size: Size | null = null;
  let hasData = false;
  let at = PNG_SIGNATURE.length;
  for (let parts = 0; parts < MOST_PARTS && at + 12 <= bytes.length; parts += 1) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return null;
    const type = lettersOf(bytes, at + 4, at + 8);
    if (type === 'IHDR') {
      if (end - at !== 12 + IHDR_LENGTH) return null;
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
      if (!isSizeOfPicture(size)) return null;
    }
    if (NEEDED_CHUNKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') return hasData && size !== null ? { ...size, content: joined(kept) } : null;
    hasData ||= size !== null && type === 'IDAT';
    at = end;
  }
  return null;
}
