import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';
import type { Kiosk } from './kiosk.ts';

export const PASSWORD = 'Yamada%2026';

/** From the name on, which is typed already. */
export async function fillContractor(page: Page, kiosk: Kiosk): Promise<void> {
  const { t } = kiosk;
  await page.getByLabel(t('register:phone')).fill('03-1234-5678');
  await kiosk.press(t('next'));
  await page.getByText(t('register:proof.card.name')).first().click();
  await page.getByRole('textbox', { name: t('register:proof.card.name') }).fill('４２４２');
  await kiosk.press(t('confirm'));
}

export async function acceptTerms(page: Page, kiosk: Kiosk): Promise<void> {
  const { t } = kiosk;
  await page.getByRole('button', { name: 'マイページ利用規約' }).click();
  await kiosk.press(t('close'));
  await page.getByText(t('wizard:terms.accept'), { exact: true }).click();
  await kiosk.press(t('confirm'));
}

export async function chooseAccount(page: Page, kiosk: Kiosk, loginId: string): Promise<void> {
  const { t } = kiosk;
  await page.getByLabel(t('sign-in:id'), { exact: true }).fill(loginId);
  await page.getByLabel(t('register:account.password'), { exact: true }).fill(PASSWORD);
  await page.getByLabel(t('register:account.again'), { exact: true }).fill(PASSWORD);
  await kiosk.press(t('next'));
  await expect(kiosk.heading(t('register:mail.title'))).toBeVisible();
}
