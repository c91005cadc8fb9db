import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

test('係員を呼ぶ shows a full-screen sign on any screen and goes away again', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.choose('かっとびプラス');
  await kiosk.press('係員を呼ぶ');
  await expect(page.getByText(kiosk.t('call:sign.title'))).toBeVisible();
  await kiosk.press(kiosk.t('call:dismiss'));
  await expect(kiosk.choice('かっとびプラス')).toBeChecked();
});

test('idle: warned at least 20 s before, extended by one tap, then ended and wiped', async ({ page, stack }) => {
  // Minutes of the page's own clock in small turns.
  test.setTimeout(120_000);
  const kiosk = new Kiosk(page, stack);
  await page.clock.install();
  await kiosk.openSignedIn('taro', '#/sign-in');
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
  const warning = page.getByRole('alertdialog', { name: kiosk.t('idle.title') });
  const waitForWarning = async (): Promise<void> => {
    await expect(async () => {
      await page.clock.runFor(5_000);
      await expect(warning).toBeVisible({ timeout: 200 });
    }).toPass({ intervals: [50] });
  };
  await waitForWarning();
  await page.clock.runFor(14_000);
  await expect(warning).toBeVisible();
  await kiosk.press(kiosk.t('idle.continue'));
  // Still fading out, it would be taken for the next one.
  await expect(warning).toHaveCount(0);
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
  await waitForWarning();
  await page.clock.runFor(40_000);
  await expect(page.getByText('佐藤')).toHaveCount(0);
  await page.goBack();
  await expect(page.getByText('佐藤')).toHaveCount(0);
});

test('a reloaded page finds no session', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', '#/contracts');
  await expect(page.getByText('かっとびワイド')).toBeVisible();
  await page.reload();
  await expect(page.getByText('かっとびワイド')).toHaveCount(0);
  await expect(kiosk.button('ログイン')).toBeVisible();
});

test('the greeting is seen before any script has run, and can be touched when it has', async ({ page, stack }) => {
  await page.context().route('**/*.js', (route) => route.abort());
  const kiosk = new Kiosk(page, stack);
  await page.goto(stack.terminalUrl);
  await expect(page.getByText('いらっしゃいませ')).toBeVisible();
  const tile = page.getByText('日本語').last();
  await expect(tile).toBeVisible();
  await expect(page.locator('#root')).toHaveAttribute('inert');
  await page.context().unrouteAll();
  await page.reload();
  await kiosk.begin();
  await expect(page.getByLabel(kiosk.t('sign-in:id'), { exact: true })).toBeVisible();
});
