import type { Page } from '@playwright/test';
import type { Language } from '../../shared/domain/language.ts';
import { SERVICES } from '../builders/services.ts';
import { allOrdersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { type Customer, Kiosk } from './kiosk.ts';
import { type Applied, ProcedureWalk } from './procedure-walk.ts';

const CUSTOMERS: readonly { readonly name: Customer; readonly digit: number; readonly language: Language }[] = [
  { name: 'taro', digit: 1, language: 'ja' },
  { name: 'hanako', digit: 2, language: 'ko' },
  { name: 'jiro', digit: 3, language: 'en' },
  { name: 'saburo', digit: 4, language: 'zh' },
  { name: 'shiro', digit: 5, language: 'ko' },
  { name: 'goro', digit: 6, language: 'zh' },
  { name: 'rokuro', digit: 7, language: 'ja' },
];
const ADD_DEVICES = SERVICES.filter(({ id }) => id === 'home.add-devices');

/**
 * Each through its real screens, on one stack, each customer in a language of their own; what central booked is looked
 * at once all are through.
 */
test('every service is applied for, nothing is cut off on either screen, and central has the orders', {
  tag: '@long',
}, async ({ page, stack }) => {
  test.setTimeout(240_000);
  const applied: Applied[] = [];
  for (const { name, digit, language } of CUSTOMERS) {
    const kiosk = new Kiosk(page, stack, language);
    const walk = new ProcedureWalk(page, kiosk, (one) => applied.push(one));
    await walk.signIn(name);
    if (name === 'hanako') {
      await walk.open('internet.apply');
      await expect(page.getByRole('main')).toContainText(kiosk.t('unavailable:nothing-at-address'));
    }
    const own = SERVICES.filter(({ customer }) => customer === digit);
    // Who has just got iTSCOM HOME adds to it; the demo customer who has it already has no login.
    for (const { id, answers } of name === 'goro' ? [...own, ...ADD_DEVICES] : own) {
      await walk.applyAnswers(id, answers, (screen) => expectWhole(page, `${screen} (${language})`));
    }
    await walk.leave();
  }

  const booked = await allOrdersAtCentral(stack);
  expect(booked.map(({ application }) => application?.receiptNumber).toSorted()).toEqual(
    applied.map(({ number }) => number).toSorted(),
  );
  const items = booked.map(({ application, productOrderItem }) => [
    application?.procedureId,
    productOrderItem.map(({ action, productOffering }) => `${action} ${productOffering?.id ?? ''}`),
  ]);
  expect(Object.fromEntries(items)).toEqual(Object.fromEntries(SERVICES.map((service) => [service.id, service.items])));
  const slips = await stack.receipts();
  for (const { title, number } of applied)
    expect(
      slips.filter(({ text }) => text.includes(number)),
      title,
    ).toHaveLength(1);
});

const CUT_OFF = `[document.documentElement, ...document.querySelectorAll('button, label, h1, h2, dd, li')]
  .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
  .map(({ textContent }) => textContent)`;

/** Nothing runs out of the page or out of its own control, on the kiosk's screen and on the counter's. */
async function expectWhole(page: Page, screen: string): Promise<void> {
  for (const size of [
    { width: 1366, height: 768 },
    { width: 1080, height: 1920 },
  ]) {
    await page.setViewportSize(size);
    expect(await page.evaluate(CUT_OFF), `${screen} at ${size.width}`).toEqual([]);
  }
}
