import { expectAccessible } from './axe.ts';
import { carryOut, ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { type Applied, ProcedureWalk } from './procedure-walk.ts';

test('a mobile line shows what is left, gets data for this month and another volume (p.97-99, 102)', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  const applied: Applied[] = [];
  const walk = new ProcedureWalk(page, kiosk, (one) => applied.push(one));
  await walk.signIn('saburo');
  await walk.open('mobile.usage');
  const left = page.getByRole('meter');
  await expect(left).toHaveCount(2);
  await expect(left.first()).toContainText('1,750MB');
  await expect(left.first()).toHaveAttribute('aria-valuenow', '1750');
  await expectAccessible(page, 'mobile.usage');
  await walk.apply('mobile.usage', [{ choose: ['データ容量追加 1GB'] }]);

  await walk.open('mobile.change-data');
  const present = page.locator('label').filter({ hasText: kiosk.t('choice:current-reason') });
  await expect(present).toContainText('回線番号：090-1234-5678');
  await expect(present).toContainText('ICCID：DN1234567890123456');
  await expectAccessible(page, 'mobile.change-data');
  await walk.apply('mobile.change-data', [{ choose: ['データ 6GB'] }]);

  // Until the other volume holds, its card and what is left name the one that the line still has.
  await page.goto(page.url().replace(/#.*/, '#/contracts'));
  await expect(page.getByRole('main')).toContainText('それまでは「イッツコムモバイル データ 3GB」のままです');
  await walk.open('mobile.usage');
  await kiosk.press(kiosk.t('wizard:result.again'));
  await walk.open('mobile.usage');
  await expect(page.getByRole('heading', { name: 'イッツコムモバイル データ 3GB' })).toBeVisible();

  const number = applied.at(-1)?.number ?? '';
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/history`);
  const ordered = page.locator('.order-card__title', { hasText: kiosk.t('procedures:mobile.change-data.title') });
  await expect(ordered).toBeVisible();
  await expect(page.getByText(kiosk.t('home:receipt', { number }))).toBeVisible();
  await expectAccessible(page, 'history');
  const [order] = await ordersAtCentral(stack, number);
  expect(order?.productOrderItem).toMatchObject([
    { action: 'modify', productOffering: { id: 'mobile.data-6gb' }, product: { id: 'c4-sim' } },
  ]);
  const slip = (await stack.receipts()).find(({ text }) => text.includes(number));
  for (const said of ['9,207円', '9,669円', '3,000円', '090-1234-5678', 'お申込みのあとは、取り消し']) {
    expect(slip?.text.replaceAll('\n', '')).toContain(said);
  }
});

test('a number that is brought along is switched over once its SIM has come (p.100-101)', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await carryOut(stack, {
    relatedParty: [{ id: '1000000004', role: 'customer', '@referredType': 'Customer' }],
    productOrderItem: [
      {
        id: '1',
        action: 'add',
        productOffering: { id: 'mobile.voice-3gb' },
        product: {
          productCharacteristic: [
            { name: 'line', value: '2' },
            { name: 'lineNumber', value: '08011112222' },
            { name: 'portExpiresOn', value: '2099-12-31' },
          ],
        },
      },
    ],
  });
  await walk.signIn('saburo');
  await walk.open('mobile.activate-mnp');
  const main = page.getByRole('main');
  await expect(main).toContainText('080-1111-2222');
  const keys = page.getByRole('region', { name: kiosk.t('keyboard.keyboard') });
  const key = (name: string) => keys.getByRole('button', { name, exact: true });
  const iccid = page.getByLabel(kiosk.t('procedures:mobile.activate-mnp.labels.iccid'));
  await iccid.tap();
  await iccid.fill('DN12345');
  await kiosk.next();
  await expect(page.getByText(kiosk.t('typed:not-an-iccid'))).toBeVisible();
  await expectAccessible(page, 'mobile.activate-mnp');
  await iccid.fill('dn 9999 8888 7777 6666');
  await kiosk.next();
  await page
    .locator('label')
    .filter({ hasText: kiosk.t('procedures:mobile.activate-mnp.user.family') })
    .click();
  await expect(main).toContainText('080-1111-2222');
  const kana = page.getByLabel(kiosk.t('procedures:mobile.activate-mnp.labels.kana'));
  await kana.tap();
  for (const name of ['ミ', 'ホ', 'ン', 'シ', kiosk.t('keyboard.voiced'), 'ユ', kiosk.t('keyboard.small'), 'ン']) {
    await key(name).tap();
  }
  await expect(kana).toHaveValue('ミホンジュン');
  await expectAccessible(page, 'mobile.activate-mnp, the user');
  await key(kiosk.t('keyboard.done')).tap();
  await kiosk.next();
  await expect(main).toContainText('DN9999888877776666');
  await expect(main).toContainText(kiosk.t('notices:port-line', { number: '080-1111-2222' }));
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.button(kiosk.t('wizard:terms.submit')).click();
  const activation = await kiosk.receiptNumber();
  await expect(page.getByRole('main')).toContainText(kiosk.t('wizard:print.printed'));
  const activationSlip = (await stack.receipts()).find(({ text }) => text.includes(activation));
  for (const said of ['080-1111-2222', '9:30', '2099-12-31', 'これまでお使いのSIMカードは使えなくなります']) {
    expect(activationSlip?.text.replaceAll('\n', '')).toContain(said);
  }
});
