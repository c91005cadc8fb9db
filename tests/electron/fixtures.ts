import { type ElectronApplication, type Page, test as base } from '@playwright/test';
import type { Kiosk } from '../e2e/kiosk.ts';
import {
  type CentralTemplate,
  startSurroundings,
  type Surroundings,
  withCentralTemplate,
} from '../setup/surroundings.ts';
import { type Outside, startOutside } from './outside.ts';
import { startTerminal, type Terminal } from './terminal.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  readonly surroundings: Surroundings;
  readonly terminal: Terminal;
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly kiosk: Kiosk;
  readonly outside: Outside;
}

interface WorkerFixtures {
  readonly centralTemplate: CentralTemplate;
}

/** The built, unmodified terminal in Electron, at its greeting. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  centralTemplate: [async ({}, use) => withCentralTemplate(use), { scope: 'worker', timeout: 60_000 }],
  surroundings: async ({ centralTemplate }, use) => {
    const surroundings = await startSurroundings({ clock: undefined, centralTemplate });
    await use(surroundings);
    await surroundings.close();
  },
  terminal: async ({ surroundings }, use, testInfo) => {
    const terminal = await startTerminal(surroundings);
    try {
      await use(terminal);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) {
        const body = `${terminal.log()}\n${surroundings.log()}`;
        await testInfo.attach('programs.log', { body, contentType: 'text/plain' });
      }
      await terminal.close();
    }
  },
  app: async ({ terminal }, use) => use(terminal.app),
  page: async ({ terminal }, use) => use(terminal.page),
  kiosk: async ({ terminal }, use) => use(terminal.kiosk),
  outside: async ({}, use) => {
    const outside = await startOutside();
    await use(outside);
    await outside.close();
  },
});
