import { SIM_ONLY_LINE } from '../builders/mobile-lines.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { phonePicture, readCode, showCode } from './phone-pictures.ts';
import { ProcedureWalk } from './procedure-walk.ts';
import { interfere } from './seam.ts';

test.use({ sharesStack: true });

test('a browser that never says which cameras there are leaves the phone', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await page.clock.install();
  await walk.signIn('hanako');
  await walk.fillIn('mobile.apply', SIM_ONLY_LINE, () => Promise.resolve());
  await kiosk.next();
  await kiosk.acceptTerms();
  await page.evaluate('navigator.mediaDevices.enumerateDevices = () => new Promise(() => undefined)');
  await kiosk.next();
  await expect(kiosk.heading(t('identity:title'))).toBeVisible();
  await expect(page.locator('.kit-action-bar__primary')).toBeEmpty();
  await page.clock.fastForward('00:03');
  await expect(page.locator('.kit-action-bar__primary')).toHaveText(t('phone:begin'));
});

test('a kiosk waits for as long as the phone is looked at, also over staff who were there, and for no longer', {
  tag: '@long',
}, async ({ page, context, stack }) => {
  test.setTimeout(120_000);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  const plan = await interfere(page);
  await page.clock.install();
  await walk.signIn('hanako');
  await walk.fillIn('mobile.apply', SIM_ONLY_LINE, () => Promise.resolve());
  await kiosk.next();
  await kiosk.acceptTerms();
  await test.step('nothing is offered before it is known what is under way, and a failure is told', async () => {
    let fail = (): void => undefined;
    const failed = new Promise<{ refuse: string }>((resolve) => {
      fail = () => resolve({ refuse: 'INTERNAL_SERVER_ERROR' });
    });
    plan('/phone/begun', () => failed);
    await kiosk.next();
    await expect(kiosk.heading(t('identity:title'))).toBeVisible();
    await expect(page.getByText(t('loading'))).toBeVisible();
    await expect(page.locator('.kit-action-bar__primary')).toBeEmpty();
    fail();
    const notice = page.getByText(t('identity:failed'));
    await expect(notice).toBeVisible();
    await expect(page.locator('.kit-action-bar__primary')).toHaveText(t('call-staff'));
    await expectAccessible(page, 'identity that could not be asked');
    await kiosk.press(t('retry'));
    await expect(page.locator('.kit-action-bar__primary')).toHaveText(t('phone:begin'));
    await expect(notice).toHaveCount(0);
  });
  await showCode(kiosk);
  const phone = await readCode(context, kiosk);
  await phone.getByRole('button', { name: t('phone-page:form.submit') }).click();
  await expect(kiosk.heading(t('phone:opened.title'))).toBeVisible();
  const warning = page.getByRole('alertdialog');
  const passMinutes = async (minutes: number): Promise<void> => {
    for (let passed = 0; passed < minutes; passed += 1) {
      const asked = phone.waitForResponse(/\/standing$/);
      // The kiosk and the phone: both pages' time.
      await page.clock.fastForward('01:00');
      await asked;
    }
  };
  await passMinutes(8);
  await expect(warning).toHaveCount(0);

  await phone.locator('#front').setInputFiles(phonePicture('front'));
  await phone.locator('#back').setInputFiles(phonePicture('back'));
  await phone.locator('#thickness').setInputFiles(phonePicture('thickness', 9));
  await phone.getByRole('button', { name: t('phone-page:submit') }).click();
  const kept = page.getByText(t('phone:opened.kept'));
  await expect(kept).toHaveCount(2, { timeout: 20_000 });
  await test.step('staff look after the kiosk meanwhile', async () => {
    await page.goto(page.url().replace(/#.*/, '#/staff'));
    await page.getByLabel(t('staff:number')).fill('1001');
    await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
    await kiosk.press(t('call:unlock.submit'));
    await expect(kiosk.heading(t('devices:title'))).toBeVisible();
    await kiosk.press(t('call:unlock.back'));
  });
  await expect(kiosk.heading(t('phone:opened.title'))).toBeVisible();
  await expect(kept).toHaveCount(2);
  await passMinutes(7);
  await expect(warning).toHaveCount(0);

  // Put away, or another page in front of it.
  await phone.close();
  await page.clock.fastForward('05:00');
  await expect(warning).toHaveCount(0);
  await expect(async () => {
    await page.clock.fastForward('01:00');
    await expect(warning).toBeVisible({ timeout: 300 });
  }).toPass();
  await expect(kept).toHaveCount(2);
});
