import { expectAccessible } from './axe.ts';
import { atDesk } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ mode: 'staff' });

const ISSUED = /^[2-9A-HJ-NP-Za-z]{12}$/;

test('staff hand the screen over before a password is issued, and taking it back shows none', async ({
  page,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const counter = await atDesk(page, kiosk);
  await counter.find('number', '1000000002');
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/access-account.reissue-password`);
  await expect(kiosk.heading(t('staff:hand-over.title'))).toBeVisible();
  await expect(kiosk.button('発行')).toHaveCount(0);
  await expectAccessible(page, 'password, hand over');
  await kiosk.press(t('staff:hand-over.submit'));
  await kiosk.press('発行');
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
  const password = await page.getByText(ISSUED).innerText();
  await expectAccessible(page, 'password on the staff terminal');
  await kiosk.press(t('staff:take-back'));
  await counter.unlock();
  await expect(kiosk.heading(t('staff:hand-over.title'))).toBeVisible();
  await expect(page.getByText(password)).toHaveCount(0);
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(page.getByText(password)).toBeVisible();
  await kiosk.press(t('secrets:shown.print'));
  await expect(page.getByText(t('secrets:printed.title'))).toBeVisible({ timeout: 20_000 });
});
