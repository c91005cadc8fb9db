import { walkEveryScreen } from './every-screen.ts';
import { test } from './fixtures.ts';

// The counter's screen differs in its layout, not in what a language does to it: one is enough here.
test('axe finds nothing on any screen and state', { tag: '@long' }, async ({ page, stack }) => {
  test.slow();
  await walkEveryScreen(page, stack, 'ja');
});
