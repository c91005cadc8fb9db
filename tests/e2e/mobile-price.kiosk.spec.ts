import { DATA_LINE, VOICE_CHOICES } from '../builders/mobile-lines.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { attestIdentity } from './identity-at-kiosk.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

test('what is chosen so far comes to 5,511 a month, from the first page on (p.86)', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.signIn('jiro');
  await walk.open('mobile.apply');
  const price = page.locator('.kit-frame__price-strip');
  await expect(price.locator('dd')).toHaveText('0円');
  await kiosk.button(kiosk.t('prices:details')).click();
  await expect(page.getByRole('dialog')).toContainText(kiosk.t('prices:running.none'));
  await kiosk.button(kiosk.t('close')).click();
  await walk.fillSteps('mobile.apply', { ...VOICE_CHOICES, supportOn: '2026/12/10' }, () => Promise.resolve());
  await expect(price).toContainText('5,511円');
  await kiosk.button(kiosk.t('prices:details')).click();
  const details = page.getByRole('dialog');
  for (const yen of ['2,310円', '880円', '363円', '1,320円', '418円', '220円', '5,511円'])
    await expect(details).toContainText(yen);
});

test('the price and its details stay in sight to the end, which says what was applied for (p.96)', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.signIn('jiro');
  await walk.fillIn('mobile.apply', DATA_LINE, () => Promise.resolve());
  await kiosk.next();
  const price = page.locator('.kit-frame__price-strip');
  const openDetails = async (): Promise<void> => {
    await expect(price).toContainText('12,815円');
    await kiosk.button(kiosk.t('prices:details')).click();
    const details = page.getByRole('dialog');
    await expect(details).toContainText('8,657円');
    await expect(details).toContainText('3,733円');
    await details.getByRole('button', { name: kiosk.t('close'), exact: true }).click();
  };
  await openDetails();
  await kiosk.acceptTerms();
  await kiosk.next();
  await expect(kiosk.heading(kiosk.t('identity:title'))).toBeVisible();
  await openDetails();
  await attestIdentity(page, kiosk, '1985-01-02');
  await expect(page.getByText(kiosk.t('identity:done-text'))).toBeVisible();
  await openDetails();
  await kiosk.button(kiosk.t('wizard:terms.submit')).click();

  await kiosk.receiptNumber();
  const steps = page.getByRole('navigation', { name: kiosk.t('wizard:steps-label') });
  // A data line passes over the options: nothing of them was done.
  await expect(steps).not.toContainText(kiosk.t('procedures:mobile.apply.steps.options.short'));
  const applied = page.locator('section').filter({ has: page.getByText(kiosk.t('wizard:result.applied')) });
  for (const said of ['20GB', 'FS030W', 'マイクロSIM', '利用しない', '4,158円'])
    await expect(applied).toContainText(said);
  await expect(page.locator('section').filter({ hasText: kiosk.t('prices:once-title') })).toContainText('3,733円');
  await expect(page.getByText(kiosk.t('notices:sim-dispatch'))).toBeVisible();
  await expectAccessible(page, 'mobile.apply result');
});
