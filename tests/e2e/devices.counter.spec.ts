import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ mode: 'staff' });

const COURSE = '#/procedures/internet.change-course';

test('staff test every device, and close a day without central on the screen, on paper and as a file', async ({
  page,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.open('#/staff/devices');
  await page.getByLabel(t('staff:number')).fill('1001');
  await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
  await page.keyboard.press('Enter');
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();
  const device = (name: string) => page.getByRole('region', { name: t(`devices:${name}.title`), exact: true });
  await expect(device('camera')).toContainText(t('devices:camera.text'));
  await expect(device('camera').getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'devices');
  await kiosk.press(t('devices:test-all'));
  await expect(device('printer')).toContainText(t('devices:printer.result.printed'));
  await expect(device('central')).toContainText(t('devices:central.ok'));
  await expect(device('disk').getByRole('note')).toBeVisible();
  await expect(device('clock')).toContainText(t('devices:clock.exact'));
  await expectAccessible(page, 'devices, tested');
  await stack.stopCentral();
  await device('central').getByRole('button').press('Enter');
  await expect(device('central')).toContainText(t('devices:central.broken.refused'));
  await expect(device('central')).toContainText(t('devices:central.unreachable'));
  await expectAccessible(page, 'devices, central away');
  await page.keyboard.press('F2');
  await expect(kiosk.heading(t('staff:desk.title-offline'))).toBeVisible();
  await page.keyboard.press('F8');
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();

  await page.keyboard.press('F2');
  await page.getByRole('textbox').fill('1000000003');
  await kiosk.choose(t('staff:identity.method.passport'));
  await kiosk.press(t('staff:unverified.open'));
  await expect(page.getByText(t('home:unknown-title'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja${COURSE}`);
  await kiosk.choose('かっとびプラス');
  await kiosk.next();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
  await kiosk.next();
  await kiosk.press(t('staff:hand-over.submit'));
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await kiosk.press(t('finish'));
  await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
  await page.keyboard.press('Enter');
  await expect(kiosk.heading(t('staff:desk.title-offline'))).toBeVisible();
  await page.getByRole('link', { name: t('staff:menu.close-day') }).press('Enter');
  await expect(kiosk.heading(t('close-day:title'))).toBeVisible();
  await expect(page.getByRole('row', { name: number })).toContainText(t('close-day:standing.waiting'));
  await expect(page.getByText(t('close-day:taker.staff', { number: '1001' }))).toBeVisible();
  await expectAccessible(page, 'close the day');
  await kiosk.press(t('close-day:save'));
  const saved = page
    .getByRole('main')
    .getByRole('note')
    .filter({ hasText: t('close-day:saved') });
  const file = /reports\/[\w-]+\.pdf/.exec(await saved.innerText())?.[0] ?? '';
  expect(readFileSync(join(stack.terminalData, file)).subarray(0, 5).toString()).toBe('%PDF-');
  await kiosk.press(t('close-day:print'));
  await expect(page.getByRole('note').filter({ hasText: t('close-day:printed.printed') })).toBeVisible();
  await expectAccessible(page, 'day printed');
  await kiosk.choose(t('close-day:yesterday'));
  await expect(page.getByText(t('close-day:open-none'))).toBeVisible();

  await page.keyboard.press('F4');
  await expect(kiosk.heading(t('queue:title'))).toBeVisible();
  await kiosk.choose(t('queue:filter.all'));
  await page.getByRole('option', { name: number }).click();
  await kiosk.press(t('reprint:action'));
  await expect(page.getByRole('note').filter({ hasText: t('reprint:done.printed', { number: '1' }) })).toBeVisible();
  await expectAccessible(page, 'slip printed again');
});
