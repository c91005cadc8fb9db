import { ordersAtCentral } from '../e2e/central.ts';
import { expect, test } from './fixtures.ts';
import { greetingTitle } from './terminal.ts';

test('a customer changes the course in Electron and takes the slip', async ({ page, kiosk, surroundings }) => {
  await kiosk.begin();
  await kiosk.signIn('jiro');
  await expect(kiosk.heading('髙橋 次郎 様')).toBeVisible();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^インターネットのコース変更/ })
    .click();
  await kiosk.courseToReview('かっとびメガ160');
  await expect(page.getByRole('main')).toContainText('13,123円');
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await expect.poll(async () => (await surroundings.receipts())[0]?.text).toContain(number);
  expect(await ordersAtCentral(surroundings, number)).toHaveLength(1);
});

test('the end of a session leaves no way back and an empty clipboard', async ({ app, page, kiosk }) => {
  await kiosk.begin();
  await kiosk.signIn('taro');
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
  await page
    .getByRole('main')
    .getByRole('button', { name: kiosk.t('home:contracts') })
    .click();
  await expect(page.getByRole('main')).toContainText('かっとびワイド');
  await kiosk.press(kiosk.t('back'));
  await app.evaluate(({ clipboard }) => clipboard.writeText('佐藤'));
  await kiosk.press(kiosk.t('finish'));
  const greeting = kiosk.heading(new RegExp(greetingTitle));
  await expect(greeting).toBeVisible();
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');
  // One that is taken away while Playwright goes there is asked for again.
  await expect.poll(() => page.goBack().catch(() => 'under way')).toBeNull();
  await expect(greeting).toBeVisible();
});
