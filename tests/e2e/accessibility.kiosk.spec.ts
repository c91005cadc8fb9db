import { walkEveryScreen } from './every-screen.ts';
import { test } from './fixtures.ts';

for (const language of ['ja', 'en', 'zh', 'ko'] as const) {
  const tag = language === 'ja' ? [] : '@long';
  test(`axe finds nothing on any screen and state (${language})`, { tag }, async ({ page, stack }) => {
    test.slow();
    await walkEveryScreen(page, stack, language);
  });
}
