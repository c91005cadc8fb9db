import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

const focused = (page: Page): Promise<unknown> =>
  page.evaluate(
    'document.activeElement.getAttribute("aria-label") || document.activeElement.closest("label")?.innerText || document.activeElement.innerText || document.activeElement.name || ""',
  );

/** Tab until the control with that text has the focus; a control that can't be reached fails the test. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const now = await focused(page);
    if (typeof now === 'string' && now.replaceAll('\u200B', '').includes(text)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`"${text}" can't be reached by Tab`);
}

async function activate(page: Page, text: string): Promise<void> {
  await tabTo(page, text);
  await page.keyboard.press('Enter');
}

async function signInByKeyboard(page: Page, kiosk: Kiosk, customer: string): Promise<void> {
  await expect(kiosk.button('ログイン')).toBeVisible();
  await tabTo(page, 'loginId');
  await page.keyboard.type(`${customer}@example.jp`);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Counter2026');
  await page.keyboard.press('Enter');
}

async function acceptAndSubmit(page: Page, kiosk: Kiosk): Promise<void> {
  const unopened = page.getByRole('main').getByRole('button', { name: kiosk.t('wizard:terms.unopened') });
  await expect(unopened.first()).toBeVisible();
  for (let left = await unopened.count(); left > 0; left -= 1) {
    await activate(page, kiosk.t('wizard:terms.unopened'));
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // Given back a moment later: a key pressed before would go nowhere.
    await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
    await expect(unopened).toHaveCount(left - 1);
  }
  await tabTo(page, '承諾する');
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox')).toBeChecked();
  await activate(page, 'この内容で申込む');
  await kiosk.receiptNumber();
}

test('plan.recommended by keyboard alone', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/procedures/plan.recommended');
  await signInByKeyboard(page, kiosk, 'taro');
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await tabTo(page, 'ひかり');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio').first()).toBeChecked();
  await activate(page, '次へ');
  await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeFocused();
  await activate(page, '次へ');
  await acceptAndSubmit(page, kiosk);
});

test('internet.change-course by keyboard alone', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/procedures/internet.change-course');
  await signInByKeyboard(page, kiosk, 'jiro');
  await expect(page.getByRole('radiogroup')).toBeVisible();
  await tabTo(page, 'かっとび');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expect(kiosk.choice('かっとびワイド')).toBeChecked();
  await activate(page, '次へ');
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
  await activate(page, '次へ');
  await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeFocused();
  await activate(page, '次へ');
  await acceptAndSubmit(page, kiosk);
});
