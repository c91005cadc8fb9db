import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFilm } from '../builders/camera-film.ts';
import { test as base } from './fixtures.ts';

const card = (more: { x?: number; size?: number; turned?: number; side?: 'front' | 'back' } = {}) => ({
  ...{ x: 0.5, y: 0.5, size: 0.8 },
  ...more,
});

/** What keeps a document from being photographed, then its front, then its back. */
const FLAWED = [
  { cards: [] },
  { cards: [card({ size: 0.45 })] },
  { cards: [card({ x: 0.75 })] },
  { cards: [card({ size: 0.62, turned: 12 })] },
  { cards: [card({ x: 0.26, size: 0.4 }), card({ x: 0.74, size: 0.4 })] },
  { light: 0.2, cards: [card()] },
  { blur: 4, cards: [card()] },
  { glare: true, cards: [card()] },
];
const FRAMES_PER_SECOND = 10;

/** A browser whose camera sees sample documents, again from the start whenever it is opened. */
export const test = base.extend({
  browser: [
    async ({ playwright, launchOptions }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'camera-'));
      const film = join(folder, 'documents.y4m');
      writeFilm(film, FRAMES_PER_SECOND, [
        ...FLAWED.map((scene) => [scene, 6] as const),
        [{ cards: [card()] }, 20],
        [{ cards: [card({ side: 'back' })] }, 20],
      ]);
      const args = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        args: [...(launchOptions.args ?? []), ...args],
      });
      await use(browser);
      await browser.close();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});
