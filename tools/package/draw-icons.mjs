// Draws the application's icons from the mark: node tools/package/draw-icons.mjs
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
const ICO_HEADER = 6;
const ICO_ENTRY = 16;

const mark = fs.readFileSync(path.join(root, 'resources/brand/mark.svg'), 'utf8');
const drawn = new Map();
for (const size of LINUX_SIZES) drawn.set(size, await drawIcon(size));
fs.mkdirSync(path.join(root, 'build/icons'), { recursive: true });
for (const [size, png] of drawn) fs.writeFileSync(path.join(root, `build/icons/${size}x${size}.png`), png);
fs.writeFileSync(path.join(root, 'build/icon.ico'), packIco(WINDOWS_SIZES.map((size) => [size, drawn.get(size)])));

/** The mark on a white tile: it must stand out on dark and light bars alike. */
async function drawIcon(size) {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.beginPath();
  context.roundRect(0, 0, size, size, size * 0.18);
  context.fill();
  const inner = Math.round(size * 0.78);
  // Vector pictures are drawn at the size that they name.
  const sized = mark.replace('<svg ', `<svg width="${inner}" height="${inner}" `);
  const margin = Math.floor((size - inner) / 2);
  context.drawImage(await loadImage(Buffer.from(sized)), margin, margin);
  return canvas.encode('png');
}

/** An .ico is a directory of pictures; Windows takes PNG in it since Vista. */
function packIco(pictures) {
  const header = Buffer.alloc(ICO_HEADER);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = ICO_HEADER + ICO_ENTRY * pictures.length;
  const entries = pictures.map(([size, png]) => {
    const entry = Buffer.alloc(ICO_ENTRY);
    // 0 stands for 256.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)]);
}
