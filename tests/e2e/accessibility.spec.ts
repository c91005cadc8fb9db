import { walkEveryScreen } from './every-screen.ts';
import { test } from './fixtures.ts';

for (const language of ['ja', 'en'] as const) {
  test(`axe finds nothing on any screen and state (${language})`, async ({ page, stack }) => {
    test.slow();
    await walkEveryScreen(page, stack, language);
  });
}
