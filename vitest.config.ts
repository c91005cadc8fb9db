import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { findElectron } from './tools/electron-binary.mjs';

const everyTest = ['{shared,electron,renderer,central,tools,tests}/**/*.test.{ts,tsx,mjs}'];
/** Dates and amounts belong to Asia/Tokyo whatever the machine says; `*.dates.test.ts` marks such tests elsewhere. */
const dateTests = ['shared/**/*.test.ts', '{electron,renderer,central,tests}/**/*.dates.test.{ts,tsx}'];

const hasElectron = findElectron(join(import.meta.dirname, 'node_modules/electron')) !== undefined;

export default defineConfig({
  test: {
    globalSetup: ['tests/setup/global.ts'],
    setupFiles: ['tests/setup/own-fetch.ts'],
    // Read by Electron's package, once for all tests of a worker; without a binary it would look for one to download.
    env: hasElectron ? {} : { ELECTRON_OVERRIDE_DIST_PATH: join(import.meta.dirname, 'tools/electron-standin') },
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
