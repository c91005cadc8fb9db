import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';
import { acceptTerms, chooseAccount, fillContractor } from './registration-steps.ts';

const GROUPED = /^\d{4} \d{4} \d{4}$/;

test('who can’t read mail here goes on with a one-time password', { tag: '@long' }, async ({
  page,
  context,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('sign-in:recover') }).click();
  await expect(page.getByText(t('register:recovery'))).toBeVisible();
  await page.getByLabel(t('register:kana')).fill('ヤマダタロウ');
  await fillContractor(page, kiosk);
  await acceptTerms(page, kiosk);
  await kiosk.press(t('one-time:offer.button'));
  await expect(kiosk.heading(t('one-time:issue.title'))).toBeVisible();
  await expectAccessible(page, 'one-time password, asking');
  await page.getByRole('button', { name: t('one-time:issue.submit') }).dblclick();
  await expect(kiosk.heading(t('one-time:shown.title'))).toBeVisible();
  const password = await page.getByText(GROUPED).innerText();
  await expectAccessible(page, 'one-time password');
  await kiosk.press(t('secrets:shown.print'));
  await expect(page.getByText(t('secrets:printed.title'))).toBeVisible({ timeout: 20_000 });
  await kiosk.press(t('finish'));

  // On the phone, from the QR code: the digits are in the field, and no longer in the address.
  const phone = await context.newPage();
  await phone.goto(`${stack.centralUrl}/one-time?lang=ja#${password.replaceAll(' ', '')}`);
  await expect(phone.getByLabel('ワンタイムパスワード')).toHaveValue(password);
  expect(phone.url()).toBe(`${stack.centralUrl}/one-time?lang=ja`);
  await expectAccessible(phone, 'the form on the phone');

  // But the customer comes back to the shop.
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('one-time:entry.title') }).click();
  const field = page.getByLabel(t('one-time:password'), { exact: true });
  await field.fill('1234 5678 9012');
  await kiosk.press(t('next'));
  await expect(page.getByText(t('register:problem.one-time-refused'))).toBeVisible();
  await expectAccessible(page, 'one-time password, refused');
  await field.fill(password);
  await kiosk.press(t('next'));
  await chooseAccount(page, kiosk, 'one-time@example.jp');
  const { code } = await mailedCode(stack.centralUrl, 'one-time@example.jp');
  await page.getByRole('textbox', { name: t('register:mail.code') }).fill(code);
  await kiosk.press(t('register:mail.submit'));
  await expect(kiosk.heading(t('register:done.title'))).toBeVisible();

  await phone.getByRole('button', { name: '次へ' }).click();
  await expect(phone.getByText('このワンタイムパスワードは使えません')).toBeVisible();
  await expectAccessible(phone, 'refused on the phone');
});
