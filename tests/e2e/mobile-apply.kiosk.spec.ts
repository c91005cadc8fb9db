import { expectAccessible } from './axe.ts';
import { ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

const VOICE = {
  plan: 'voice',
  volume: 'mobile.voice-6gb',
  calls: 'mobile.call-10',
  fiveG: 'off',
  voicemail: 'no',
  set: 'set',
  device: 'mobile.device-wish',
  colour: 'mobile.wish-ivory',
  warranty: 'no',
  simSize: 'nano',
  accessory: 'no',
  support: 'no',
  filtering: 'no',
  contractorBornOn: '昭和60年1月2日',
  relation: 'self',
  numbering: 'new',
};

test('a mobile line is applied for at the kiosk, once staff have seen the document (p.85-96)', async ({
  page,
  stack,
}) => {
  test.setTimeout(120_000);
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.signIn('jiro');
  await walk.fillIn('mobile.apply', VOICE, async (screen) => {
    if (!screen.endsWith('device')) return;
    await expectAccessible(page, screen);
    await expect(page.locator('label').filter({ hasText: 'オリーブ' })).toContainText(kiosk.t('choice:out-of-stock'));
    await kiosk.button(kiosk.t('prices:running.open')).click();
    const details = page.getByRole('dialog');
    await expect(details).toContainText('3,960円');
    await kiosk.button(kiosk.t('close')).click();
  });
  const main = page.getByRole('main');
  for (const said of ['8,657円', '12,617円', '3,733円', 'AQUOS wish(アイボリー)'])
    await expect(main).toContainText(said);
  // From a line of the total to its step, and straight back.
  await kiosk.button(`${kiosk.t('procedures:mobile.apply.labels.volume')} ${kiosk.t('wizard:review.revise')}`).click();
  await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.volume.heading'))).toBeVisible();
  await kiosk.next();
  await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
  await kiosk.next();

  await expect(kiosk.heading(kiosk.t('wizard:terms.title'))).toBeVisible();
  await expectAccessible(page, 'mobile.apply terms');
  await kiosk.acceptTerms();
  await kiosk.next();

  // Nobody is there yet: the customer calls, and nothing can be sent.
  await expect(kiosk.heading(kiosk.t('identity:title'))).toBeVisible();
  await expect(kiosk.button(kiosk.t('wizard:terms.submit'))).toHaveCount(0);
  await expectAccessible(page, 'mobile.apply identity');
  await kiosk.button(kiosk.t('identity:begin')).click();
  await page
    .locator('label')
    .filter({ hasText: kiosk.t('identity:document.drivers-licence') })
    .click();
  await kiosk.next();
  await expect(page.getByText(kiosk.t('identity:check.incomplete'))).toBeVisible();
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
  await expectAccessible(page, 'mobile.apply, what staff saw');
  await kiosk.next();
  const pin = page.getByLabel(kiosk.t('staff:pin'));
  await page.getByLabel(kiosk.t('staff:number')).fill('1001');
  await pin.fill('000000');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
  await expect(page.getByText(kiosk.t('staff:pin-problem.refused'))).toBeVisible();
  await pin.fill('248163');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
  await expect(page.getByText(kiosk.t('identity:done-text'))).toBeVisible();
  await kiosk.button(kiosk.t('wizard:terms.submit')).click();

  const number = await kiosk.receiptNumber();
  await expect(main).toContainText(kiosk.t('wizard:print.printed'));
  await expect(kiosk.button(kiosk.t('procedures:mobile.apply.repeat'))).toBeVisible();
  const [order] = await ordersAtCentral(stack, number);
  expect(order?.productOrderItem).toMatchObject([
    { action: 'add', productOffering: { id: 'mobile.voice-6gb' } },
    { action: 'add', productOffering: { id: 'mobile.call-10' } },
    { action: 'add', productOffering: { id: 'mobile.wish-ivory' } },
  ]);
  expect(order?.application?.identityChecks).toMatchObject([
    { person: 'contractor', document: 'drivers-licence', staffNumber: '1001' },
  ]);
  const slip = (await stack.receipts()).find(({ text }) => text.includes(number));
  for (const said of ['8,657円', '12,617円', '3,733円', 'AQUOS wish(アイボリー)']) {
    expect(slip?.text.replaceAll('\n', '')).toContain(said);
  }
});
