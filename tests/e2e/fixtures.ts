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
  /**
   * `test.use({ sharesStack: true })`: one stack for all such tests of a worker, in no order. For tests that apply for
   * nothing, lock nobody out, and stop or move nothing.
   */
  readonly sharesStack: boolean;
  readonly stack: Stack;
}

interface WorkerFixtures {
  readonly centralTemplate: CentralTemplate;
  /** Started by the first test that shares it. */
  readonly sharedStack: () => Promise<Stack>;
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
  sharesStack: [false, { option: true }],
  sharedStack: [
    async ({ centralTemplate }, use) => {
      let started: Promise<Stack> | undefined;
      await use(() => {
        started ??= startStack({ dock: false, mode: 'self-service', clock: undefined, centralTemplate });
        return started;
      });
      await (await started)?.close();
    },
    { scope: 'worker' },
  ],
  stack: async ({ dock, mode, clock, sharesStack, sharedStack, centralTemplate }, use, testInfo) => {
    // Demo contracts are dated from the business clock: another clock wants data of its own.
    const template = clock === undefined ? centralTemplate : undefined;
    const stack = sharesStack
      ? await sharedStack()
      : await startStack({ dock, mode, clock, centralTemplate: template });
    try {
      await use(stack);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('programs.log', { body: stack.log(), contentType: 'text/plain' });
      }
      if (!sharesStack) await stack.close();
    }
  },
});
