import { addDays } from '../../shared/domain/business-time.ts';
import { characteristicsFrom } from '../../shared/domain/characteristics.ts';
import type { Draft } from '../../shared/procedures/procedure.ts';
import type { ProcedureId } from '../../shared/procedures/registry.ts';
import { FOR_CHILD, VOICE_SIM_ONLY } from '../builders/mobile-lines.ts';
import { expectAccessible } from './axe.ts';
import { ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { attestByPin, fillSheet } from './identity-at-kiosk.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

const TODAY = '2026-12-01';
const NUMBER = '08022223333';
const RESERVATION = '1234567890';
const ICCID = 'DN7777888899990000';
const CONTRACTOR = { person: 'contractor', document: 'drivers-licence', bornOn: '昭和60年1月2日' } as const;
/** Not on the day that was typed at first. */
const CHILD = { person: 'user', document: 'insurance-card', bornOn: '平成27年4月10日' } as const;

test.use({ clock: `${TODAY}T10:00:00+09:00` });

test('a child’s number is brought along without filtering, and switched over once its SIM has come (p.91-95, 100)', async ({
  page,
  stack,
}) => {
  test.setTimeout(180_000);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  const fill = (answers: Draft, id: ProcedureId = 'mobile.apply') =>
    walk.fillSteps(id, answers, () => Promise.resolve());
  const main = page.getByRole('main');
  const label = (question: string): string => t(`procedures:mobile.apply.labels.${question}`);
  const typed = (question: string) => page.getByRole('textbox', { name: label(question), exact: true });
  const field = (question: string) => page.locator('.kit-text-field').filter({ has: typed(question) });
  const cards = (question: string) => page.getByRole('radiogroup', { name: label(question), exact: true });
  await walk.signIn('jiro');
  await walk.open('mobile.apply');

  await test.step('who is under 18 has filtering, unless the parent refused it in writing', async () => {
    await fill({ ...VOICE_SIM_ONLY, ...FOR_CHILD });
    await expect(field('bornOn')).toContainText(t('rules:filtering-needed'));
    await expect(cards('refusal')).toContainText(t('wizard:missing'));
    await expectAccessible(page, 'mobile.apply, a child without filtering');
    await fill({ refusal: 'none' });
    await expect(cards('refusal')).not.toContainText(t('wizard:missing'));
    await expect(field('bornOn')).toContainText(t('rules:filtering-needed'));
    await fill({ refusal: 'in-writing' });
  });

  await test.step('a reservation that ends too soon, and another holder, bring no number along', async () => {
    const port = { numbering: 'mnp', reservation: RESERVATION, portNumber: NUMBER };
    await fill({ ...port, expiresOn: addDays(TODAY, 8), holder: 'other' });
    await expect(field('expiresOn')).toContainText(t('typed:reservation-short'));
    await expect(cards('holder')).toContainText(t('rules:holder-differs'));
    await expectAccessible(page, 'mobile.apply, a number that can’t be brought along');
    await fill({ expiresOn: addDays(TODAY, 9) });
    await expect(field('expiresOn')).not.toContainText(t('typed:reservation-short'));
    await expect(cards('holder')).toContainText(t('rules:holder-differs'));
    await expect(typed('reservation')).toHaveValue(RESERVATION);
    await expect(typed('portNumber')).toHaveValue(NUMBER);
    await fill({ holder: 'same' });
    await expect(kiosk.heading(t('wizard:review.title'))).toBeVisible();
    await expect(main).toContainText(t('notices:port-automatic', { date: '2026年12月10日' }));
    await expect(main).toContainText(t('notices:old-sim-stops'));
  });

  await test.step('a birth date that is not the document’s is put right, and agreed to anew', async () => {
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.next();
    await kiosk.press(t('identity:begin'));
    await fillSheet(page, kiosk, CONTRACTOR);
    await expect(page.getByText(t('identity:seen.filtering-refusal'))).toHaveCount(0);
    await kiosk.next();
    await fillSheet(page, kiosk, CHILD);
    await kiosk.next();
    await expect(page.getByText(t('identity:differs.title'))).toBeVisible();
    await expect(main).toContainText('2015年4月1日');
    await expectAccessible(page, 'mobile.apply, what staff saw of the child');
    await kiosk.press(t('identity:differs.revise'));
    await fill({ bornOn: '2015-04-10' });
    await expect(kiosk.heading(t('wizard:review.title'))).toBeVisible();
    await kiosk.next();
    // What was read stays read.
    await page.getByText(t('wizard:terms.accept'), { exact: true }).click();
    await kiosk.next();
    await expect(kiosk.heading(t('identity:title'))).toBeVisible();
    await expect(kiosk.button(t('wizard:terms.submit'))).toHaveCount(0);
  });

  await test.step('staff look at both documents, and have the parent’s paper', async () => {
    await kiosk.press(t('identity:begin'));
    await fillSheet(page, kiosk, CONTRACTOR);
    await kiosk.next();
    await fillSheet(page, kiosk, CHILD);
    const paper = page.locator('label').filter({ hasText: t('identity:seen.filtering-refusal') });
    await paper.click();
    await kiosk.next();
    await expect(page.getByText(t('identity:check.incomplete'))).toBeInViewport({ ratio: 1 });
    await expect(paper.getByRole('checkbox')).toBeFocused();
    await paper.click();
    await kiosk.next();
    await attestByPin(page, kiosk);
    await expect(page.getByText(t('identity:done-text'))).toBeVisible();
  });

  await test.step('central has the number, and what was found of either person', async () => {
    await kiosk.submit();
    const receipt = await kiosk.receiptNumber();
    await expect(main).toContainText(t('wizard:print.printed'));
    await expect(main).toContainText(t('wizard:result.completed.title'), { timeout: 20_000 });
    const applied = page.locator('section').filter({ has: page.getByText(t('wizard:result.applied')) });
    for (const said of ['relation.child', 'refusal.in-writing', 'numbering.mnp']) {
      await expect(applied).toContainText(t(`procedures:mobile.apply.${said}`));
    }
    await expect(applied).toContainText('9,955円');
    await expect(applied).not.toContainText(NUMBER);
    const [order] = await ordersAtCentral(stack, receipt);
    expect(order?.productOrderItem).toMatchObject([{ action: 'add', productOffering: { id: 'mobile.voice-3gb' } }]);
    expect(characteristicsFrom(order?.productOrderItem[0]?.product?.productCharacteristic ?? [])).toEqual({
      ...{ line: '1', simSize: 'nano', fiveG: 'off' },
      ...{ lineNumber: NUMBER, portExpiresOn: '2026-12-10', portReservation: RESERVATION },
    });
    const found = { evidence: 'staff-eye', agrees: ['name', 'address', 'bornOn'], staffNumber: '1001' };
    const checks = order?.application?.identityChecks;
    expect(checks).toMatchObject([
      { ...found, person: 'contractor', document: 'drivers-licence' },
      { ...found, person: 'user', document: 'insurance-card', supplementary: true, papers: ['filtering-refusal'] },
    ]);
    expect(checks?.[0]).not.toHaveProperty('papers');
    const slip = (await stack.receipts()).find(({ text }) => text.includes(receipt));
    for (const said of ['1,298円', '9,955円', '3,733円', '080-2222-3333', 'MNP予約は2026-12-10まで']) {
      expect(slip?.text.replaceAll('\n', '')).toContain(said);
    }
  });

  await test.step('the line that is there now has its number switched over', async () => {
    await page.goto(page.url().replace(/#.*/, '#/contracts'));
    const line = page.locator('.kit-card').filter({ hasText: '080-2222-3333' });
    await expect(line).toContainText(t('contracts:status.pendingActive'));
    await expect(line).toContainText(t('unavailable:line-in-preparation'));
    await line.getByRole('button', { name: t('procedures:mobile.activate-mnp.title') }).click();
    await fill({ iccid: ICCID, user: 'family', kana: 'タカハシハナコ' }, 'mobile.activate-mnp');
    await expect(main).toContainText(t('notices:port-on-same-day'));
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.submit();
    await kiosk.receiptNumber();
    await expect(main).toContainText(t('wizard:result.completed.title'), { timeout: 20_000 });
    await page.goto(page.url().replace(/#.*/, '#/contracts'));
    await expect(line).toContainText(ICCID);
    await expect(line).toContainText(t('contracts:status.active'));
  });
});
