import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Take, writeFilm } from '../builders/camera-film.ts';
import type { Tilted } from '../builders/sample-document.ts';
import { test as base } from './fixtures.ts';

const card = (more: { x?: number; size?: number; turned?: number; side?: 'front' | 'back'; tilt?: Tilted } = {}) => ({
  ...{ x: 0.5, y: 0.5, size: 0.8 },
  ...more,
});
const tilted = (degrees: number, side: 'front' | 'back' = 'front') =>
  card({ size: 0.72, side, tilt: { degrees, about: 'long' } });

/** A card that isn't held as it should be for its edge to be seen, in the end as it should. */
const HELD = [
  [{ cards: [card()] }, 4],
  [{ cards: [tilted(72)] }, 4],
  [{ cards: [tilted(45, 'back')] }, 4],
  [{ cards: [tilted(45)] }, 16],
] as const;
/** What keeps a document from being photographed where it lies. */
const FLAWED = [
  { cards: [card({ size: 0.45 })] },
  { cards: [card({ x: 0.75 })] },
  { cards: [card({ size: 0.62, turned: 12 })] },
  { cards: [card({ x: 0.26, size: 0.4 }), card({ x: 0.74, size: 0.4 })] },
  { light: 0.2, cards: [card()] },
  { blur: 4, cards: [card()] },
  { glare: true, cards: [card()] },
];
const FRAMES_PER_SECOND = 10;

/** Nothing, then each of them, in the end as it should be. */
export const DOCUMENTS: readonly Take[] = [
  [{ cards: [] }, 6],
  ...HELD,
  ...FLAWED.map((scene): Take => [scene, 5]),
  [{ cards: [card()] }, 20],
  [{ cards: [card({ side: 'back' })] }, 20],
];

/** What the camera sees, from the start whenever it is opened. */
interface Film {
  readonly file: string;
  /** From when it is opened next. */
  show(...takes: readonly Take[]): void;
}

/** A browser with a camera. */
export const test = base.extend<object, { readonly film: Film }>({
  film: [
    // Playwright reads what a fixture needs from its first parameter, which must be a pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'camera-'));
      const file = join(folder, 'documents.y4m');
      const show: Film['show'] = (...takes) => {
        const next = join(folder, 'next.y4m');
        writeFilm(next, FRAMES_PER_SECOND, takes);
        renameSync(next, file);
      };
      show([{ cards: [] }, 1]);
      await use({ file, show });
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  browser: [
    async ({ playwright, launchOptions, film }, use) => {
      const args = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film.file}`];
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), ...args],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});
