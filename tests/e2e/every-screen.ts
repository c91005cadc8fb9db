import type { Page } from '@playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import type { Stack } from '../setup/stack.ts';
import { realCatalog } from '../builders/demo.ts';
import { expectAccessible } from './axe.ts';
import { expect } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

/** Goes through every screen and state that a customer can come to, and lets axe look at each. */
export async function walkEveryScreen(page: Page, stack: Stack, language: Language): Promise<void> {
  const kiosk = new Kiosk(page, stack, language);
  const { t } = kiosk;
  const check = (screen: string): Promise<void> => expectAccessible(page, screen);
  const name = (id: string): string => realCatalog.offerings.find((one) => one.id === id)?.name[language] ?? id;

  await kiosk.open();
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await check('greeting');
  await kiosk.open('#/staff');
  await expect(kiosk.heading(t('call:unlock.title'))).toBeVisible();
  await check('staff only');
  await kiosk.open('#/procedures/internet.change-course');
  await kiosk.press(t('sign-in:submit'));
  await expect(page.getByText(t('sign-in:missing-id'), { exact: true })).toBeVisible();
  await check('sign-in with missing entries');
  await kiosk.signIn('jiro', 'wrong');
  await expect(page.getByText(t('sign-in:refused'))).toBeVisible();
  await check('sign-in refused');
  await kiosk.signIn('jiro');
  await expect(kiosk.choice(name('internet.plus'))).toBeVisible();
  await check('course');
  await kiosk.press(t('call-staff'));
  await expect(page.getByText(t('call:sign.title'))).toBeVisible();
  await check('staff called');
  await kiosk.press(t('call:dismiss'));
  await page.getByRole('banner').getByRole('button').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check('language and display');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await kiosk.choose(name('internet.plus'));
  await kiosk.next();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
  await check('equipment');
  await kiosk.next();
  await expect(kiosk.heading(t('wizard:review.title'))).toBeVisible();
  await check('review');
  await kiosk.press(t('cancel'));
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await check('cancelling');
  await kiosk.press(t('wizard:cancel.stay'));
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await kiosk.next();
  await check('terms');
  await page
    .getByRole('main')
    .getByRole('button', { name: t('wizard:terms.unopened') })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check('terms opened');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('close') })
    .last()
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await kiosk.acceptTerms();
  await stack.stopCentral();
  await expect(page.getByText(t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await check('offline');
  await kiosk.submit();
  await kiosk.receiptNumber();
  await expect(page.getByRole('main').getByText(t('wizard:print.printed'))).toBeVisible({ timeout: 20_000 });
  await check('provisional result');
  await kiosk.press(t('wizard:result.again'));
  await expect(kiosk.button(t('finish'))).toBeVisible();
  await check('home');
  await page
    .getByRole('main')
    .getByRole('button', { name: t('home:contracts') })
    .click();
  await expect(page.getByText(name('internet.just')).first()).toBeVisible();
  await check('contracts');
  // What was read before the line went is still there.
  for (const id of ['customer.view', 'video.view']) {
    await kiosk.press(t('back'));
    await page
      .getByRole('main')
      .getByRole('button', { name: t(`procedures:${id}.title`) })
      .click();
    await expect(kiosk.heading(t(`procedures:${id}.title`))).toBeVisible();
    await check(id);
  }
}
