import { walkEveryScreen } from './every-screen.ts';
import { test } from './fixtures.ts';

test('axe finds nothing on any screen and state (ja)', async ({ page, stack }) => {
  test.slow();
  await walkEveryScreen(page, stack, 'ja');
});
