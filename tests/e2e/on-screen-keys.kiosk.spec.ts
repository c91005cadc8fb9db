import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

test('signing in with the keys on the screen alone', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const keys = page.getByRole('region', { name: kiosk.t('keyboard.keyboard') });
  const key = (name: string) => keys.getByRole('button', { name, exact: true });
  const type = async (text: string): Promise<void> => {
    for (const character of text) {
      const isUpper = character !== character.toLowerCase();
      if (isUpper) await key(kiosk.t('keyboard.shift')).tap();
      await key(character).tap();
    }
  };
  await page.getByLabel('iTSCOM ID').tap();
  await type('taroo');
  await key(kiosk.t('keyboard.backspace')).tap();
  await type('@example.jp');
  await expect(page.getByLabel('iTSCOM ID')).toHaveValue('taro@example.jp');
  await page.getByText('パスワードを表示').tap();
  await page.getByLabel('パスワード', { exact: true }).tap();
  await type('Counter2026');
  await expect(page.getByLabel('パスワード', { exact: true })).toHaveValue('Counter2026');
  // The button moves once the keys go away: not from under the finger.
  await expect(keys).toBeVisible();
  await kiosk.button('ログイン').tap();
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
});
