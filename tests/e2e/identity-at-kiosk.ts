import type { Page } from '@playwright/test';
import type { Kiosk } from './kiosk.ts';

/** What staff do at a customer's own screen: the document, what they saw and read of it, and who they are. */
export async function attestIdentity(page: Page, kiosk: Kiosk, bornOn: string): Promise<void> {
  await kiosk.button(kiosk.t('identity:begin')).click();
  await page
    .locator('label')
    .filter({ hasText: kiosk.t('identity:document.drivers-licence') })
    .click();
  await page.getByLabel(kiosk.t('identity:says.bornOn')).fill(bornOn);
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
  await kiosk.next();
  await page.getByLabel(kiosk.t('staff:number')).fill('1001');
  await page.getByLabel(kiosk.t('staff:pin')).fill('248163');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
}
