import { ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

const PATH = '#/procedures/internet.change-course';

test('jiro, without a bundle, sees the new total and finishes', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', PATH);
  for (const text of ['6,600円', '5,060円', '3,520円', '1,870円', '回線種別：ケーブル']) {
    await expect(page.getByRole('main')).toContainText(text);
  }
  // The course that he has: the modem alone can be changed.
  await expect(kiosk.choice('かっとびジャスト')).toBeEnabled();
  await kiosk.courseToReview('かっとびメガ160');
  const main = page.getByRole('main');
  for (const text of ['8,657円', '13,123円', '+4,466円']) await expect(main).toContainText(text);
  await expect(main).toContainText(kiosk.t('notices:ip-type-kept'));
  for (const absent of ['bundle-recomposed', 'bundle-penalty', 'smart-value-lost', 'electricity-discount-may-change']) {
    await expect(main).not.toContainText(kiosk.t(`notices:${absent}`));
  }
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await expect.poll(async () => (await stack.receipts())[0]?.text).toContain('13,123円');
  const [order] = await ordersAtCentral(stack, number);
  expect(order?.productOrderItem.map((item) => [item.action, item.productOffering?.id])).toEqual([
    ['modify', 'internet.mega160'],
    ['modify', 'modem.wifi'],
  ]);
  await expect(main).toContainText('手続きが完了しました', { timeout: 20_000 });
  await page.goto(page.url().replace(/#.*/, '#/contracts'));
  await expect(kiosk.heading(kiosk.t('contracts:title'))).toBeVisible();
  await expect(main).toContainText('かっとびメガ160');
});

test('taro, inside a bundle, is told what is known and that the total comes later', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', PATH);
  await kiosk.courseToReview('かっとびメガ160');
  const main = page.getByRole('main');
  for (const key of ['prices:later-title', 'prices:later-reason.bundle-recomposed']) {
    await expect(main).toContainText(kiosk.t(key));
  }
  for (const text of ['14,843円', '5,060円', '6,600円']) await expect(main).toContainText(text);
  for (const notice of ['bundle-recomposed', 'bundle-penalty', 'ip-type-kept']) {
    await expect(main).toContainText(kiosk.t(`notices:${notice}`));
  }
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  await kiosk.receiptNumber();
  await expect.poll(async () => (await stack.receipts())[0]?.text).toContain('後日お知らせ');
});

test.describe('nothing is sent', () => {
  test.use({ sharesStack: true });

  test('back keeps entries, a changed course keeps the rest, cancelling asks', async ({ page, stack }) => {
    const kiosk = new Kiosk(page, stack);
    await kiosk.openSignedIn('jiro', PATH);
    await kiosk.next();
    await expect(page.getByRole('main')).toContainText(kiosk.t('wizard:missing'));
    await kiosk.choose('かっとびプラス');
    await kiosk.next();
    await kiosk.choose('ケーブルモデム(Wi-Fi)');
    await kiosk.choose('購入');
    await kiosk.next();
    await expect(page.getByRole('main')).toContainText(/モデムの購入代金（見本価格）\s*9,900円/);
    await kiosk.press('戻る');
    await expect(kiosk.choice('購入')).toBeChecked();
    await kiosk.press('戻る');
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
    await kiosk.choose('かっとびワイド');
    await kiosk.next();
    await expect(kiosk.choice('購入')).toBeChecked();
    await kiosk.press('中止する');
    await kiosk.press(kiosk.t('wizard:cancel.stay'));
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await expect(kiosk.choice('購入')).toBeChecked();
    await kiosk.press('中止する');
    await page.getByRole('alertdialog').getByRole('button', { name: '中止する' }).click();
    await expect(kiosk.heading('髙橋 次郎 様')).toBeVisible();
  });

  test('switching the language in the middle keeps every entry', async ({ page, stack }) => {
    const kiosk = new Kiosk(page, stack);
    await kiosk.openSignedIn('jiro', PATH);
    await kiosk.choose('かっとびプラス');
    await page.getByRole('banner').getByRole('button').first().click();
    await page.getByText('English', { exact: true }).last().click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('radio', { name: 'Kattobi Plus' })).toBeChecked();
    await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeVisible();
  });
});
