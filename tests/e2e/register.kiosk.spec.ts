import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';
import { acceptTerms, chooseAccount, fillContractor, PASSWORD } from './registration-steps.ts';

test('a contractor registers an ID: the link opened on the phone, then once more by the code', async ({
  page,
  context,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await page.clock.install();
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('sign-in:register') }).click();
  await expect(kiosk.heading(t('register:contractor.title'))).toBeVisible();

  // The name by the kana on the screen, with marks, and the rest as it sounds.
  const keys = page.getByRole('region', { name: t('keyboard.keyboard') });
  const tap = (name: string) => keys.getByRole('button', { name, exact: true }).tap();
  const kana = page.getByLabel(t('register:kana'));
  await kana.tap();
  for (const key of ['ヤ', 'マ', 'タ', t('keyboard.voiced'), t('keyboard.latin')]) await tap(key);
  for (const key of 'tarou') await tap(key);
  await expect(kana).toHaveValue('ヤマダタロウ');
  await expectAccessible(page, 'whose contract');
  await tap(t('keyboard.done'));
  await kiosk.press(t('next'));
  await expect(page.getByText(t('register:phone-broken'))).toBeVisible();

  // Staff look after the terminal: the customer goes on where they were.
  await kiosk.press(t('call-staff'));
  await kiosk.press(t('call:unlock.way'));
  await page.getByLabel(t('staff:number')).fill('1001');
  await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
  await kiosk.press(t('call:unlock.submit'));
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();
  await kiosk.press(t('call:unlock.back'));
  await expect(kana).toHaveValue('ヤマダタロウ');
  await fillContractor(page, kiosk);
  await expect(kiosk.heading(t('register:terms.title'))).toBeVisible();
  await expectAccessible(page, 'terms of the registration');
  await acceptTerms(page, kiosk);
  // The second entry is another: it is said there, and nothing that was typed goes.
  const id = page.getByLabel(t('sign-in:id'), { exact: true });
  const password = page.getByLabel(t('register:account.password'), { exact: true });
  await id.fill('yamada@example.jp');
  await password.fill(PASSWORD);
  for (const second of ['', PASSWORD.toLowerCase(), `${PASSWORD} `]) {
    await page.getByLabel(t('register:account.again'), { exact: true }).fill(second);
    await kiosk.press(t('next'));
    await expect(page.getByText(t('register:account.differs'))).toBeVisible();
  }
  await expect(id).toHaveValue('yamada@example.jp');
  await expect(password).toHaveValue(PASSWORD);
  await chooseAccount(page, kiosk, 'yamada@example.jp');
  await expectAccessible(page, 'waiting for the link');

  // Nothing is touched here while the mail is looked for.
  await page.clock.fastForward('05:10');
  await page.clock.runFor(1_000);
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByText(t('register:mail.late-title'))).toBeVisible();

  const phone = await context.newPage();
  await phone.goto((await mailedCode(stack.centralUrl, 'yamada@example.jp')).link);
  await expectAccessible(phone, 'the page on the phone');
  await phone.getByRole('button', { name: '次へ' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'メールアドレスを確認しました' })).toBeVisible();
  await expectAccessible(phone, 'confirmed on the phone');
  await expect(kiosk.heading(t('register:done.title'))).toBeVisible();
  await expectAccessible(page, 'registered');
  await kiosk.press(t('register:done.sign-in'));
  await kiosk.signIn('yamada', PASSWORD);
  await expect(kiosk.heading('山田 太郎 様')).toBeVisible();
  await kiosk.press(t('finish'));

  // Somebody who doesn't know it any more: the same, and the code.
  await kiosk.open('#/procedures/account.register');
  await page.getByLabel(t('register:kana')).fill('ﾔﾏﾀﾞ ﾀﾛｳ');
  await fillContractor(page, kiosk);
  await expect(page.getByText(t('register:replaces'))).toBeVisible();
  await acceptTerms(page, kiosk);
  await chooseAccount(page, kiosk, 'taro.yamada@example.jp');
  const { code } = await mailedCode(stack.centralUrl, 'taro.yamada@example.jp');
  const field = page.getByRole('textbox', { name: t('register:mail.code') });
  await field.fill(code === '000000' ? '000001' : '000000');
  await kiosk.press(t('register:mail.submit'));
  await expect(page.getByText(t('register:problem.code-wrong'))).toBeVisible();
  await field.fill(code);
  await kiosk.press(t('register:mail.submit'));
  await expect(kiosk.heading(t('register:contact.title'))).toBeVisible();
  await expect(page.getByText('y****@example.jp')).toBeVisible();
  await expectAccessible(page, 'contact address');
  await page.getByText('y****@example.jp').click();
  await kiosk.press(t('next'));
  await expect(kiosk.heading(t('register:done.title'))).toBeVisible();
});
