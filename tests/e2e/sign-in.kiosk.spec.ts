import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

test('a wrong password and an unknown ID read the same, and the ID stays', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const alert = page.getByText(kiosk.t('sign-in:refused'));
  await kiosk.signIn('taro', 'wrong-password');
  await expect(alert).toBeVisible();
  await expect(page.getByLabel('iTSCOM ID')).toHaveValue('taro@example.jp');
  await expect(page.getByLabel('パスワード', { exact: true })).toHaveValue('');
  await page.getByLabel('iTSCOM ID').fill('nobody@example.jp');
  await page.getByLabel('パスワード', { exact: true }).fill('Counter2026');
  await kiosk.press('ログイン');
  await expect(alert).toBeVisible();
});

test('empty fields are pointed out next to them', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  await kiosk.press('ログイン');
  await expect(page.getByText(kiosk.t('sign-in:missing-id'))).toBeVisible();
  await expect(page.getByText(kiosk.t('sign-in:missing-password'))).toBeVisible();
  // What is longer than any is as wrong as any other.
  await kiosk.signIn('taro', 'x'.repeat(101));
  await expect(page.getByText(kiosk.t('sign-in:refused'))).toBeVisible();
});

test('a procedure asks for sign-in and comes back to it', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await expect(kiosk.choice('かっとびプラス')).toBeVisible();
});

test('the staff pages and unknown pages say what they are', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/staff/queue');
  await expect(kiosk.heading(kiosk.t('call:unlock.title'))).toBeVisible();
  await kiosk.open('#/no-such-page');
  await expect(kiosk.heading(kiosk.t('not-found.title'))).toBeVisible();
});
