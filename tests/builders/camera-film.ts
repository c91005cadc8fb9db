import { closeSync, openSync, writeSync } from 'node:fs';
import type { Canvas } from '@napi-rs/canvas';
import { drawScene, type Scene } from './sample-document.ts';

const [WIDTH, HEIGHT] = [640, 480];

/** For so many frames the camera sees that. */
export type Take = readonly [scene: Scene, frames: number];

/** A film that Chromium shows as its camera's picture (`--use-file-for-fake-video-capture`), over and over. */
export function writeFilm(file: string, framesPerSecond: number, takes: readonly Take[]): void {
  const film = openSync(file, 'w');
  writeSync(film, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  for (const [scene, frames] of takes) {
    const frame = Buffer.concat([Buffer.from('FRAME\n'), toYuv(drawScene({ ...scene, width: WIDTH, height: HEIGHT }))]);
    for (let nth = 0; nth < frames; nth += 1) writeSync(film, frame);
  }
  closeSync(film);
}

/** Lightness of every pixel, colours of every fourth, in the range that films have (16 to 235). */
function toYuv(canvas: Canvas): Buffer {
  const { data } = canvas.getContext('2d').getImageData(0, 0, WIDTH, HEIGHT);
  const quarter = (WIDTH * HEIGHT) / 4;
  const yuv = Buffer.alloc(WIDTH * HEIGHT + 2 * quarter);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = y * WIDTH + x;
      const [red = 0, green = 0, blue = 0] = data.subarray(at * 4, at * 4 + 3);
      yuv[at] = Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue);
      if (x % 2 !== 0 || y % 2 !== 0) continue;
      const colour = WIDTH * HEIGHT + (y / 2) * (WIDTH / 2) + x / 2;
      yuv[colour] = Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue);
      yuv[colour + quarter] = Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue);
    }
  }
  return yuv;
}

/** So wide as cameras give JPEG, and so many a second as Chromium takes out of such a file. */
export const JPEG_FILM = { width: 1920, height: 1080, framesPerSecond: 30 } as const;

/** The same as a camera gives it over a slow cable: large, and as JPEG. */
export function writeJpegFilm(file: string, takes: readonly Take[]): void {
  const film = openSync(file, 'w');
  const { width, height } = JPEG_FILM;
  for (const [scene, frames] of takes) {
    const frame = toFilmRange(drawScene({ ...scene, width, height })).toBuffer('image/jpeg', 92);
    for (let nth = 0; nth < frames; nth += 1) writeSync(film, frame);
  }
  closeSync(film);
}

/** Chromium stretches what it reads as if it had a film's range. */
function toFilmRange(canvas: Canvas): Canvas {
  const pen = canvas.getContext('2d');
  const picture = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (const [at, value] of picture.data.entries()) {
    if (at % 4 !== 3) picture.data[at] = Math.round(16 + (value * 219) / 255);
  }
  pen.putImageData(picture, 0, 0);
  return canvas;
}
