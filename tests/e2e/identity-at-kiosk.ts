import type { Page } from '@playwright/test';
import type { IdentifiedPerson, IdentityDocument } from '../../shared/domain/identity-policy.ts';
import { expect } from './fixtures.ts';
import type { Kiosk } from './kiosk.ts';

interface Shown {
  readonly person: IdentifiedPerson;
  readonly document: IdentityDocument;
  /** As it is written on the document. */
  readonly bornOn: string;
}

/** What staff do at a customer's own screen: the document, what they saw and read of it, and who they are. */
export async function attestIdentity(page: Page, kiosk: Kiosk, bornOn: string): Promise<void> {
  await kiosk.button(kiosk.t('identity:begin')).click();
  await fillSheet(page, kiosk, { person: 'contractor', document: 'drivers-licence', bornOn });
  await kiosk.next();
  await attestByPin(page, kiosk);
}

/** One person's document, everything of it seen. */
export async function fillSheet(page: Page, kiosk: Kiosk, { person, document, bornOn }: Shown): Promise<void> {
  const { t } = kiosk;
  // Another person's is the same screen but for this.
  await expect(page.getByRole('main').getByText(t(`identity:person.${person}`), { exact: true })).toBeVisible();
  await page
    .locator('label')
    .filter({ has: page.getByText(t(`identity:document.${document}`), { exact: true }) })
    .click();
  await page.getByLabel(t('identity:says.bornOn')).fill(bornOn);
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
}

export async function attestByPin(page: Page, kiosk: Kiosk): Promise<void> {
  await page.getByLabel(kiosk.t('staff:number')).fill('1001');
  await page.getByLabel(kiosk.t('staff:pin')).fill('248163');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
}
