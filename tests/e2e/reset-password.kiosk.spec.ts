import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';

const PASSWORD = 'Canary%Reset1';

test('who forgot the password sets another by the code in a mail', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await page.clock.install();
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('sign-in:reset') }).click();
  await expect(kiosk.heading(t('reset-password:id.title'))).toBeVisible();
  const id = page.getByLabel(t('sign-in:id'));
  await id.fill('nobody');
  await id.press('Enter');
  await expect(page.getByText(t('reset-password:id.broken'))).toBeVisible();
  await expectAccessible(page, 'reset-password, the ID');

  // Nobody has that one; the screen doesn't say so.
  await id.fill('nobody@example.jp');
  await id.press('Enter');
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();
  const code = page.getByRole('textbox', { name: t('register:mail.code') });
  await code.fill('000000');
  await code.press('Enter');
  await expect(page.getByText(t('reset-password:problem.code-wrong'))).toBeVisible();
  await expect(code).toHaveValue('000000');
  await expectAccessible(page, 'reset-password, another code');
  // A mail that is sent again is waited for anew.
  const late = page.getByRole('heading', { name: t('register:mail.late-title') });
  await page.clock.fastForward('04:30');
  await kiosk.press(t('register:mail.again'));
  await expect(code).toHaveValue('');
  await page.clock.fastForward('04:30');
  await expect(late).toHaveCount(0);
  await page.clock.fastForward('00:31');
  await expect(late).toBeVisible();
  await kiosk.press(t('back'));
  await expect(id).toHaveValue('nobody@example.jp');

  await id.fill('rokuro@example.jp');
  await kiosk.press(t('next'));
  await expect(page.getByText(t('reset-password:code.sent'))).toBeVisible();
  await code.fill((await mailedCode(stack.centralUrl, 'rokuro@example.jp')).code);
  await code.press('Enter');
  await expect(kiosk.heading(t('password-change:title'))).toBeVisible();
  await page.getByLabel(t('password-change:next'), { exact: true }).fill(PASSWORD);
  await page.getByLabel(t('password-change:again')).fill('other');
  await kiosk.press(t('reset-password:password.submit'));
  await expect(page.getByText(t('password-change:differs'))).toBeVisible();
  await page.getByLabel(t('password-change:again')).fill(PASSWORD);
  await expectAccessible(page, 'reset-password, the password');
  await page.getByRole('button', { name: t('reset-password:password.submit') }).dblclick();
  await expect(kiosk.heading(t('reset-password:done.title'))).toBeVisible();
  await expectAccessible(page, 'reset-password, done');
  await kiosk.press(t('register:done.sign-in'));
  await page.getByLabel(t('sign-in:id')).fill('rokuro@example.jp');
  await page.getByLabel(t('sign-in:password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(kiosk.heading(t('reset-password:done.title'))).toHaveCount(0);
  await expect(page.getByLabel(t('sign-in:password'), { exact: true })).toHaveCount(0);
});
