import type { Page } from '@playwright/test';
import type { Stack } from '../setup/stack.ts';
import { ordersAtCentral } from './central.ts';
import { meddle } from './dock.ts';
import { expectAccessible } from './axe.ts';
import { mobileLineAtDesk } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { chooseLicence } from './phone-pictures.ts';

test.use({ mode: 'staff', dock: true });

test('staff at their terminal type what the document says, and pass over a difference with a reason', {
  tag: '@long',
}, async ({ page, stack }) => {
  test.setTimeout(120_000);
  const kiosk = await toTheCheck(page, stack);
  const { t } = kiosk;
  await chooseLicence(kiosk);
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
  const says = (field: string) => page.getByLabel(t(`identity:says.${field}`));
  // Another form of the first character than on record.
  await says('name').fill('高橋 次郎');
  await says('address').fill('神奈川県川崎市見本区七丁目8番9号');
  await says('bornOn').fill('昭和60年1月2日');
  await kiosk.next();
  await expect(page.getByText(t('identity:differs.title'))).toBeVisible();
  await expect(page.getByLabel(t('staff:pin'))).toHaveCount(0);
  await kiosk.next();
  await expect(page.getByLabel(t('staff:pin'))).toHaveCount(0);
  await expectAccessible(page, 'difference that staff may pass over');
  await kiosk.choose(t('identity:override.reasons.variant'));
  await kiosk.next();
  await attest(page, kiosk);
  const [order] = await ordersAtCentral(stack, await kiosk.receiptNumber());
  expect(order?.state).not.toBe('held');
  expect(order?.application?.identityChecks).toMatchObject([
    {
      ...{ evidence: 'staff-eye', document: 'drivers-licence', staffNumber: '1001' },
      ...{ agrees: ['address', 'bornOn'], typed: ['address', 'bornOn'] },
      override: { fields: ['name'], reason: 'variant', note: '' },
    },
  ]);
  expect(JSON.stringify(order)).not.toContain('高橋');
});

test('staff have the chip of a My Number card read, which tells a wrong PIN and another card', {
  tag: '@long',
}, async ({ page, stack }) => {
  test.setTimeout(120_000);
  const kiosk = await toTheCheck(page, stack);
  const { t } = kiosk;
  const main = page.getByRole('main');
  const read = async (pin: string): Promise<void> => {
    await page.getByLabel(t('chip:pin')).fill(pin);
    await kiosk.press(t('chip:read'));
  };
  await page
    .locator('label')
    .filter({ hasText: t('identity:document.my-number-card') })
    .click();
  await kiosk.press(t('chip:read'));
  await expect(main.getByText(t('chip:pin-wanted'))).toBeVisible();
  await read('1234');
  await expect(main.getByText(t('chip:problem.no-card'))).toBeVisible();
  await meddle(stack, { idCard: 'jiro-licence' });
  await read('1234');
  await expect(main.getByText(t('chip:problem.other-card'))).toBeVisible();
  await meddle(stack, { idCard: 'jiro' });
  await read('9999');
  await expect(main.getByText(t('chip:problem.wrong-pin', { tries: '2' }))).toBeVisible();
  await expectAccessible(page, 'chip that could not be read');
  await read('1234');
  await expect(main).toContainText('神奈川県川崎市見本区七丁目８番地９');
  await expect(page.getByLabel(t('identity:says.name'))).toHaveCount(0);
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
  await kiosk.next();
  await attest(page, kiosk);
  const [order] = await ordersAtCentral(stack, await kiosk.receiptNumber());
  expect(order?.application?.identityChecks).toMatchObject([
    { evidence: 'ic-chip', document: 'my-number-card', typed: ['name', 'address', 'bornOn'], simulated: true },
  ]);
});

/** With jiro's application for a line, up to the document. */
async function toTheCheck(page: Page, stack: Stack): Promise<Kiosk> {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await mobileLineAtDesk(page, kiosk);
  await kiosk.press(t('identity:begin'));
  return kiosk;
}

async function attest(page: Page, kiosk: Kiosk): Promise<void> {
  const { t } = kiosk;
  await page.getByLabel(t('staff:number')).fill('1001');
  await page.getByLabel(t('staff:pin')).fill('248163');
  await kiosk.press(t('identity:attest.submit'));
  await kiosk.submit();
}
