import { tmpdir } from 'node:os';
import { defineConfig } from 'vitest/config';

const everyTest = ['{shared,electron,renderer,central,tools,tests}/**/*.test.{ts,tsx,mjs}'];
/** Dates and amounts belong to Asia/Tokyo whatever the machine says; `*.dates.test.ts` marks such tests elsewhere. */
const dateTests = ['shared/**/*.test.ts', '{electron,renderer,central,tests}/**/*.dates.test.{ts,tsx}'];

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/global.ts'],
    // Any folder: it only keeps Electron's package from looking for a binary to download.
    env: { ELECTRON_OVERRIDE_DIST_PATH: tmpdir() },
    pool: 'forks',
    // A worker keeps the modules that it has read from file to file: a quarter of the run went into reading them anew.
    // So a test leaves nothing behind in a module, in its environment or on a global.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'tokyo', include: everyTest, env: { TZ: 'Asia/Tokyo' } } },
      { extends: true, test: { name: 'los-angeles', include: dateTests, env: { TZ: 'America/Los_Angeles' } } },
    ],
  },
});
