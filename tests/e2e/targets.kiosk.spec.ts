import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

/** 27-inch portrait screen, 1080 wide. */
const PX_PER_MM = 3.2;
const CONTROL_MM = 12;
const KEY_MM = 20;

async function expectTargets(page: Page, screen: string): Promise<void> {
  const controls = page.locator(
    'button:visible, label:has(input):visible, input:is([type=text], [type=password]):visible',
  );
  for (const control of await controls.all()) {
    const box = await control.boundingBox();
    if (box === null) continue;
    const isKey = (await control.getAttribute('class'))?.includes('kit-key') ?? false;
    const least = (isKey ? KEY_MM : CONTROL_MM) * PX_PER_MM;
    const name = (await control.innerText()) || (await control.getAttribute('name')) || 'a control';
    expect(Math.min(box.width, box.height), `${screen}: ${name}`).toBeGreaterThanOrEqual(least);
  }
}

async function expectNothingSideways(page: Page, screen: string): Promise<void> {
  const isWider = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
  expect(isWider, `${screen} runs out of the page`).toBe(false);
}

for (const size of ['100%', '200%'] as const) {
  test(`every control is large enough to touch, and nothing runs sideways, at ${size} text`, async ({
    page,
    stack,
  }) => {
    const kiosk = new Kiosk(page, stack);
    const check = async (screen: string): Promise<void> => {
      await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
      await expectTargets(page, screen);
      await expectNothingSideways(page, screen);
    };
    await kiosk.open();
    await expect(kiosk.heading(/いらっしゃいませ/)).toBeVisible();
    await check('greeting');
    await kiosk.open('#/procedures/internet.change-course');
    await page.getByLabel('iTSCOM ID').tap();
    await expect(page.locator('.kit-keyboard--latin')).toBeVisible();
    await check('sign-in with keys');
    const { t } = kiosk;
    await page.getByRole('button', { name: t('sign-in:register') }).click();
    await page.getByLabel(t('register:kana')).tap();
    await expect(page.locator('.kit-keyboard--kana')).toBeVisible();
    await check('kana keys');
    await page.getByRole('button', { name: t('keyboard.latin'), exact: true }).tap();
    await expect(page.locator('.kit-keyboard--kana-latin')).toBeVisible();
    await check('letters for kana');
    await page.getByLabel(t('register:phone')).tap();
    await expect(page.locator('.kit-keyboard--digits')).toBeVisible();
    await check('digits');
    if (size === '100%') {
      // A desk's screen has a keyboard of its own, and fingers as well.
      await page.setViewportSize({ width: 1366, height: 768 });
      await expect(page.locator('.kit-keyboard-frame')).toHaveCount(0);
      await check('contractor at a desk');
      await page.setViewportSize({ width: 1080, height: 1920 });
    }
    await kiosk.open('#/procedures/internet.change-course');
    await kiosk.signIn('jiro');
    await expect(kiosk.choice('かっとびプラス')).toBeVisible();
    await check('course');
    await kiosk.choose('かっとびプラス');
    await kiosk.next();
    await expect(page.getByRole('radiogroup')).toHaveCount(2);
    await check('equipment');
    await kiosk.next();
    await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
    await check('review');
    await kiosk.next();
    await expect(kiosk.button('この内容で申込む')).toBeVisible();
    await check('terms');
  });
}
