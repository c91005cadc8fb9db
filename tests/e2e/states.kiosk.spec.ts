import { writeFile } from 'node:fs/promises';
import { realCatalog } from '../builders/demo.ts';
import { ordersAtCentral } from './central.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

const COURSE = '#/procedures/internet.change-course';

test('a price that changed while central was away is held and never booked', async ({ page, stack }, testInfo) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', COURSE);
  await kiosk.courseToReview('かっとびプラス');
  await kiosk.next();
  await kiosk.acceptTerms();
  await stack.stopCentral();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  const dearer = testInfo.outputPath('catalog.json');
  const offerings = realCatalog.offerings.map((one) =>
    one.id === 'internet.plus' ? { ...one, monthlyYen: one.monthlyYen + 110 } : one,
  );
  await writeFile(dearer, JSON.stringify({ version: '2026-12-01.1', offerings }));
  await stack.startCentral(dearer);
  const main = page.getByRole('main');
  await expect(main).toContainText(kiosk.t('outcome:price-changed'), { timeout: 20_000 });
  await expect(kiosk.heading(kiosk.t('wizard:result.held-title'))).toBeVisible();
  await expectAccessible(page, 'held');
  const orders = await ordersAtCentral(stack, number);
  expect(orders.map((order) => order.state)).toEqual(['held']);
  await kiosk.press('もう一度印刷する');
  await expect.poll(async () => (await stack.receipts()).at(-1)?.text).toContain(kiosk.t('slips:held-stamp'));
});

test('a second change of the same contract is not offered while the first is on its way', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', COURSE);
  await kiosk.courseToReview('かっとびワイド');
  await kiosk.next();
  await kiosk.acceptTerms();
  await stack.stopCentral();
  await kiosk.submit();
  await kiosk.receiptNumber();
  await kiosk.press(kiosk.t('wizard:result.again'));
  await expect(page.getByRole('main')).toContainText(kiosk.t('unavailable:change-pending'));
});

test('after five wrong passwords the right one reads like a wrong one', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await kiosk.signIn('hanako', `wrong-${attempt}`);
    await expect(page.getByLabel(kiosk.t('sign-in:password'), { exact: true })).toHaveValue('');
    await expect(page.getByRole('main').getByText(kiosk.t('sign-in:refused'))).toBeVisible();
  }
  await kiosk.signIn('hanako');
  await expect(page.getByLabel(kiosk.t('sign-in:password'), { exact: true })).toHaveValue('');
  await expect(page.getByRole('main').getByText(kiosk.t('sign-in:refused'))).toBeVisible();
});

test('a second tap never applies twice', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', '#/procedures/plan.recommended');
  await kiosk.planToTerms('ひかり お得パック トリプルプラン(インターネット2ギガコース)');
  await kiosk.acceptTerms();
  await kiosk.button('この内容で申込む').dblclick();
  const number = await kiosk.receiptNumber();
  await expect.poll(async () => (await stack.receipts()).length).toBe(1);
  expect(number).toMatch(/-0001-/);
  expect(await ordersAtCentral(stack, number)).toHaveLength(1);
});
