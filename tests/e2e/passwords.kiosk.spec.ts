import { expect, test } from './fixtures.ts';
import { expectAccessible } from './axe.ts';
import { Kiosk } from './kiosk.ts';

/** One walk after the other on one stack: what a customer sees from 再発行 to the paper. */
test('a password is issued once, read in kana, printed once, and taken back where it may lie on paper', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.openSignedIn('taro', '#/procedures/access-account.reissue-password');
  await expect(kiosk.heading(t('secrets:confirm.title'))).toBeVisible();
  await expect(page.getByText('a1000001@net.example.jp')).toBeVisible();
  await expectAccessible(page, 'reissue, before');
  await page.screenshot({ path: '/tmp/secrets-confirm-ja.png' });
  await kiosk.button(t('secrets:confirm.submit.access-account')).dblclick();
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
  await expectAccessible(page, 'password shown');
  await page.screenshot({ path: '/tmp/secrets-shown-ja.png' });
});
