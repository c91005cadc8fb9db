import { defineConfig } from '@playwright/test';
import { testSwitches } from './tools/chromium-switches.mjs';
import { findChromium } from './tools/find-chromium.mjs';

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium on this machine: npm test installs it');

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/setup/playwright.ts',
  workers: 2,
  // A slow build machine may miss a deadline; a second failure is a failure. The report names what was flaky.
  retries: process.env['CI'] ? 1 : 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ?? 'test-results/report.json' }],
  ],
  use: {
    // Of a test that was given more time, one action that can't come about must not use it all up.
    actionTimeout: 30_000,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    // A recording costs a quarter of a run: a build machine makes it when it tries again, a developer's at once.
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: [...testSwitches] },
  },
  // A spec runs on both screens unless its name ends in .kiosk.spec.ts or .counter.spec.ts.
  projects: [
    {
      name: 'kiosk',
      testIgnore: '**/*.counter.spec.ts',
      use: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
    },
    { name: 'counter', testIgnore: '**/*.kiosk.spec.ts', use: { viewport: { width: 1366, height: 768 } } },
    // The same terminal in Electron, or in the stand-in where Electron's binary is missing.
    { name: 'electron', testDir: 'tests/electron', testMatch: '**/*.spec.ts' },
  ],
});
