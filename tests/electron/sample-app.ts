import { type ElectronApplication, expect, type Page, test as base } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { launchElectron } from './launch.ts';
import { type Outside, startOutside } from './outside.ts';

export const SAMPLE_APP = join(import.meta.dirname, 'sample-app');

/** What the sample app's main process keeps of what happened to it. */
const seenSchema = z.object({
  messages: z.array(z.unknown()),
  closed: z.number(),
  gone: z.array(z.string()),
  second: z.array(z.string()),
});

interface Fixtures {
  readonly data: string;
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly outside: Outside;
}

export const test = base.extend<Fixtures>({
  data: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'madoguchi-sample-app-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ data }, use) => {
    const app = await launchElectron([SAMPLE_APP, `--user-data-dir=${data}`]);
    const exitCode = new Promise((resolve) => app.process().once('exit', resolve));
    await use(app);
    await app.close();
    expect(await exitCode).toBe(0);
  },
  page: async ({ app }, use) => {
    const page = await app.firstWindow();
    await expect(page.getByRole('heading')).toHaveText('sample');
    await use(page);
  },
  outside: async ({}, use) => {
    const outside = await startOutside();
    await use(outside);
    await outside.close();
  },
});

export const seen = async (app: ElectronApplication) =>
  seenSchema.parse(await app.evaluate((): unknown => Reflect.get(globalThis, 'seen')));

/** What a handler that a test has put into the main process was last asked. */
export const asked = (app: ElectronApplication) => app.evaluate((): unknown => Reflect.get(globalThis, 'asked'));
