import type { Page } from '@playwright/test';
import type { Stack } from '../setup/stack.ts';
import { ordersAtCentral } from './central.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

const PLAN = 'ひかり お得パック トリプルプラン(インターネット30メガコース)';

/** A customer who has agreed to everything and not pressed yet. */
async function readyToSubmit(page: Page, stack: Stack): Promise<Kiosk> {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', '#/procedures/plan.recommended');
  await kiosk.planToTerms(PLAN);
  await kiosk.acceptTerms();
  return kiosk;
}

test('central goes away after sign-in: the application is taken, and sent once when central is back', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', '#/procedures/plan.recommended');
  await kiosk.choose(PLAN);
  await stack.stopCentral();
  await expect(page.getByText(kiosk.t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(/料金は.*時点/)).toBeVisible();
  await kiosk.next();
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  await expect(kiosk.heading('お申込みありがとうございます！')).toBeVisible({ timeout: 10_000 });
  await expect(page.getByRole('main')).toContainText('仮受付');
  const number = await kiosk.receiptNumber();
  await expect.poll(async () => (await stack.receipts())[0]?.text).toContain('仮受付');
  await expect(page.getByText('送信待ちのお申込み：1件')).toBeVisible();

  await stack.startCentral();
  await expect(page.getByRole('main')).toContainText('受け付けました', { timeout: 20_000 });
  await expect(page.getByText('送信待ちのお申込み：1件')).toHaveCount(0);
  expect(await ordersAtCentral(stack, number)).toHaveLength(1);
});

test('the terminal dies right after the provisional number: nothing is lost, nothing doubled', async ({
  page,
  stack,
}) => {
  const kiosk = await readyToSubmit(page, stack);
  await stack.killCentral();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await stack.killTerminal();
  await stack.startCentral();
  await stack.restartTerminal();
  await expect.poll(async () => (await ordersAtCentral(stack, number)).length, { timeout: 20_000 }).toBe(1);
  await kiosk.open();
  await expect(kiosk.heading(/いらっしゃいませ/)).toBeVisible();
  await expect(page.getByText('佐藤')).toHaveCount(0);
});

test('signing in needs central, and the screen says so before anything is typed', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await stack.stopCentral();
  await kiosk.open('#/sign-in');
  await expect(page.getByRole('main')).toContainText(kiosk.t('sign-in:unreachable'), { timeout: 20_000 });
  await expect(kiosk.button('ログイン')).toBeDisabled();
  await expectAccessible(page, 'sign-in without central');
  await stack.startCentral();
  await expect(kiosk.button('ログイン')).toBeEnabled({ timeout: 20_000 });
});

test('central takes the application and says nothing: after 5 s the number is provisional, and it is booked once', async ({
  page,
  stack,
}) => {
  const kiosk = await readyToSubmit(page, stack);
  stack.hangCentral();
  try {
    await kiosk.submit();
    await expect(page.getByRole('main')).toContainText(kiosk.t('wizard:submitting.long'));
    await expect(kiosk.heading('お申込みありがとうございます！')).toBeVisible({ timeout: 8_000 });
    await expect(page.getByRole('main')).toContainText('仮受付');
  } finally {
    stack.resumeCentral();
  }
  const number = await kiosk.receiptNumber();
  await expect(page.getByRole('main')).toContainText('受け付けました', { timeout: 30_000 });
  expect(await ordersAtCentral(stack, number)).toHaveLength(1);
});
