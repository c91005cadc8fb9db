import { mobileLineAtDesk } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { chooseLicence, phonePicture, readCode, showCode } from './phone-pictures.ts';
import { interfere } from './seam.ts';

test.use({ mode: 'staff' });

test('a terminal that staff locked in the middle of a hand-over goes on with it, and back ends it', {
  tag: '@long',
}, async ({ page, context, stack }) => {
  test.setTimeout(120_000);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const plan = await interfere(page);
  const counter = await mobileLineAtDesk(page, kiosk);
  await showCode(kiosk);
  const number = await page.locator('.phone-link__number').innerText();
  const lockAndUnlock = async (): Promise<void> => {
    await kiosk.press(t('staff:take-back'));
    await expect(kiosk.heading(t('staff:locked.title'))).toBeVisible();
    await counter.unlock();
    await kiosk.press(t('staff:hand-over.submit'));
  };
  await lockAndUnlock();
  await expect(page.locator('.phone-link__number')).toHaveText(number);
  const phone = await readCode(context, kiosk);
  await phone.getByRole('button', { name: t('phone-page:form.submit') }).click();
  for (const side of ['front', 'back', 'thickness'] as const) {
    await phone.locator(`#${side}`).setInputFiles(phonePicture(side, side === 'back' ? 9 : 0));
  }
  await phone.getByRole('button', { name: t('phone-page:submit') }).click();
  const kept = page.getByText(t('phone:opened.kept'));
  await expect(kept).toHaveCount(2, { timeout: 20_000 });
  await lockAndUnlock();
  await expect(kiosk.heading(t('phone:opened.title'))).toBeVisible();
  await expect(kept).toHaveCount(2);
  await expect(page.locator('.phone-link__number')).toHaveCount(0);
  // The phone knows of none of it.
  await expect(phone.getByText(t('phone-page:some-refused'))).toBeVisible();
  await kiosk.press(t('staff:take-back'));
  await phone.locator('#back').setInputFiles(phonePicture('back'));
  await phone.getByRole('button', { name: t('phone-page:submit') }).click();
  await expect(phone.getByText(t('phone-page:checking'))).toBeVisible();
  await counter.unlock();
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(page.getByText(t('capture:ready-text'))).toBeVisible();
  await expect(phone.getByRole('heading', { name: t('phone-page:done.title') })).toBeVisible({ timeout: 20_000 });

  // What is given up is not there again.
  await kiosk.press(t('capture:anew', { person: t('identity:person.contractor') }));
  await chooseLicence(kiosk);
  await kiosk.press(t('phone:choose.begin'));
  await expect(page.getByRole('img', { name: t('phone:link.qr') })).toBeVisible();
  await kiosk.press(t('back'));
  await expect(kiosk.button(t('phone:choose.begin'))).toBeVisible();
  await lockAndUnlock();
  await expect(kiosk.heading(t('identity:title'))).toBeVisible();
  await expect(kiosk.button(t('phone:begin'))).toBeVisible();

  // Nobody goes on in a session that is over.
  plan('/phone/begun', () => ({ refuse: 'SESSION_GONE' }));
  await lockAndUnlock();
  await expect(kiosk.heading(t('gone.title'))).toBeVisible();
});
