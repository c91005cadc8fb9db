import { ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

const TRIPLE_2G = 'ひかり お得パック トリプルプラン(インターネット2ギガコース)';

test('taro moves to the recommended plan of p.40, takes the slip and leaves nothing behind', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open();
  await kiosk.begin();
  await kiosk.signIn('taro');
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('14,843円');

  await page.getByRole('main').getByRole('button', { name: 'おすすめプランの申込み' }).click();
  for (const price of ['11,550', '10,450', '8,910']) await expect(page.getByRole('main')).toContainText(price);
  await kiosk.choose(TRIPLE_2G);
  await kiosk.next();

  const main = page.getByRole('main');
  for (const text of ['14,843円', '16,240円', '+1,397円', '手続き完了の翌月から'])
    await expect(main).toContainText(text);
  for (const [group, before, after] of [
    ['お得パック割引', '−2,970円', '−4,433円'],
    ['テレビ', '7,810円', '7,480円'],
    ['インターネット', '5,060円', '8,250円'],
    ['ケーブルプラス電話', '1,463円', '1,463円'],
    ['その他', '4,910円', '4,910円'],
    ['その他割引', '−1,430円', '−1,430円'],
  ] as const) {
    const row = page.getByRole('row').filter({ hasText: group }).filter({ hasText: before }).first();
    await expect(row).toContainText(after);
  }
  await kiosk.next();

  await expect(kiosk.button('この内容で申込む')).toBeDisabled();
  await kiosk.acceptTerms();
  await kiosk.submit();
  await expect(kiosk.heading('お申込みありがとうございます！')).toBeVisible();
  const number = await kiosk.receiptNumber();

  await expect.poll(async () => (await stack.receipts()).length).toBe(1);
  const [slip] = await stack.receipts();
  for (const text of ['お申込み控え', number, '14,843円', '16,240円', 'イッツコムサービス料金表']) {
    expect(slip?.text).toContain(text);
  }
  expect(slip?.text).not.toContain('仮受付');
  expect(await ordersAtCentral(stack, number)).toHaveLength(1);

  await expect(main).toContainText('手続きが完了しました', { timeout: 20_000 });
  await kiosk.press('別の手続きをする');
  await expect(main).toContainText('16,240円');

  await kiosk.press('終了する');
  await expect(kiosk.heading(/いらっしゃいませ/)).toBeVisible();
  await page.goBack();
  await expect(page.getByText('佐藤')).toHaveCount(0);
  await expect(page.getByText('16,240')).toHaveCount(0);
});
