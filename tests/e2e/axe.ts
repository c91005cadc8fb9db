import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Colours in the middle of a fade are nobody's. A spinner never ends. */
const SETTLED = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().endTime !== Infinity)
  .map(({ finished }) => finished))`;

export async function expectAccessible(page: Page, screen: string): Promise<void> {
  await page.evaluate(SETTLED);
  // React Aria announces through pictures that are named by what is read out; axe can't know that they are no pictures.
  const builder = new AxeBuilder({ page }).withTags(TAGS).exclude('[data-live-announcer]');
  const { violations } = await builder.analyze();
  expect(
    violations.map(({ id, nodes }) => `${screen}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`),
  ).toEqual([]);
  const isWiderThanScreen = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(isWiderThanScreen, `${screen} runs out of the page`).toBe(false);
}
