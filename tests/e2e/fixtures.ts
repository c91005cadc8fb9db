import { test as base } from '@playwright/test';
import { type Stack, startStack } from '../setup/stack.ts';
import type { TerminalMode } from '../../shared/contract/events.ts';
import { type CentralTemplate, withCentralTemplate } from '../setup/surroundings.ts';

export { expect } from '@playwright/test';

interface TestFixtures {
  /** `test.use({ clock: '2026-07-24T10:00:00+09:00' })`: the business time that the stack starts from. */
  readonly clock: string | undefined;
  /** `test.use({ dock: true })`: the development dock beside the terminal. */
  readonly dock: boolean;
  /** `test.use({ mode: 'staff' })`: the terminal that staff stand at. */
  readonly mode: TerminalMode;
  readonly stack: Stack;
}

interface WorkerFixtures {
  readonly centralTemplate: CentralTemplate;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  clock: [undefined, { option: true }],
  dock: [false, { option: true }],
  mode: ['self-service', { option: true }],
  centralTemplate: [
    // Playwright reads what a fixture needs from its first parameter, which must be a pattern.
    async ({}, use) => withCentralTemplate(use),
    { scope: 'worker', timeout: 60_000 },
  ],
  stack: async ({ dock, mode, clock, centralTemplate }, use, testInfo) => {
    // Demo contracts are dated from the business clock: another clock wants data of its own.
    const stack = await startStack({
      dock,
      mode,
      clock,
      centralTemplate: clock === undefined ? centralTemplate : undefined,
    });
    try {
      await use(stack);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('programs.log', { body: stack.log(), contentType: 'text/plain' });
      }
      await stack.close();
    }
  },
});
