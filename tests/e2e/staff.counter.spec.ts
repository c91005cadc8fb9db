import { expectAccessible } from './axe.ts';
import { ordersAtCentral } from './central.ts';
import { atDesk, Counter } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';
import { acceptTerms, chooseAccount, PASSWORD } from './registration-steps.ts';
import { interfere } from './seam.ts';

test.use({ mode: 'staff' });

const COURSE = '#/procedures/internet.change-course';

test('staff find a customer, hand the screen over for the terms and take it back', async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.open('#/staff');
  const counter = new Counter(page, kiosk);
  await expect(kiosk.heading(t('staff:sign-in.title'))).toBeVisible();
  await expectAccessible(page, 'staff sign-in');
  await counter.signIn('1001', '0'.repeat(21));
  await expect(page.getByText(t('staff:pin-problem.refused'))).toBeVisible();
  await counter.signIn('1001', '000000');
  await expect(page.getByText(t('staff:pin-problem.refused'))).toBeVisible();
  await expectAccessible(page, 'staff sign-in refused');
  await counter.signIn();
  await expect(kiosk.heading(t('staff:desk.title'))).toBeVisible();
  await expectAccessible(page, 'staff desk');
  await counter.find('kana', 'タカハシ');
  await expect(page.getByText('1000000003').first()).toBeVisible();
  await expectAccessible(page, 'customer found');
  await kiosk.press(t('staff:customer.open'));
  await expect(page.getByText(t('staff:identity.missing'))).toBeVisible();
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja${COURSE}`);
  await kiosk.choose('かっとびプラス');
  await kiosk.next();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
  await kiosk.next();
  await expect(kiosk.heading(t('staff:hand-over.title'))).toBeVisible();
  await expectAccessible(page, 'hand over');
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(kiosk.heading(t('wizard:review.title'))).toBeVisible();
  await kiosk.press(t('staff:take-back'));
  await expect(kiosk.heading(t('staff:locked.title'))).toBeVisible();
  await expect(page.getByText('かっとびプラス')).toHaveCount(0);
  await expectAccessible(page, 'locked');
  await counter.unlock('111111');
  await expect(page.getByText(t('staff:pin-problem.refused'))).toBeVisible();
  await counter.unlock();
  await expect(kiosk.heading(t('staff:hand-over.title'))).toBeVisible();
  await kiosk.press(t('staff:hand-over.submit'));
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await expect(page.getByRole('main').getByText(t('wizard:print.printed'))).toBeVisible({ timeout: 20_000 });
  await kiosk.press(t('finish'));
  await expect(kiosk.heading(t('staff:locked.title'))).toBeVisible();
  const [order] = await ordersAtCentral(stack, number);
  expect(order?.application?.attribution).toMatchObject({
    kind: 'staff',
    staffNumber: '1001',
    identityMethod: 'drivers-licence',
    unverified: false,
  });
});

test('whoever is quick at a slow terminal is not thrown back to the start', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const between = await interfere(page);
  const counter = await atDesk(page, kiosk);
  await counter.find('number', '1000000003');
  let answer = (): void => undefined;
  // What the customer's start page asks for by itself comes first.
  between('/session/view', () => ({ answerAfter: new Promise((resolve) => (answer = resolve)) }));
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja${COURSE}`);
  await kiosk.choose('かっとびプラス');
  answer();
  await kiosk.next();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
});

test('F9 locks at once, and what was entered is there again after the PIN', async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const counter = await atDesk(page, kiosk);
  await counter.find('number', '1000000008');
  await counter.openCustomer('passport');
  await expect(kiosk.button(kiosk.t('finish'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja${COURSE}`);
  await kiosk.choose('かっとびプラス');
  await page.keyboard.press('F9');
  await expect(kiosk.heading(kiosk.t('staff:locked.title'))).toBeVisible();
  await expect(page.getByText('山田')).toHaveCount(0);
  await counter.unlock();
  await expect(kiosk.choice('かっとびプラス')).toBeChecked();

  // A registration too, but for its password; the customer has the screen again before anything is shown.
  const { t } = kiosk;
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/account.register`);
  await kiosk.press(t('staff:hand-over.submit'));
  await acceptTerms(page, kiosk);
  const id = page.getByLabel(t('sign-in:id'), { exact: true });
  await id.fill('locked@example.jp');
  await page.getByLabel(t('register:account.password'), { exact: true }).fill(PASSWORD);
  await kiosk.press(t('staff:take-back'));
  await expect(kiosk.heading(t('staff:locked.title'))).toBeVisible();
  await counter.unlock();
  await expect(kiosk.heading(t('staff:hand-over.title'))).toBeVisible();
  await expect(page.getByText('locked@example.jp')).toHaveCount(0);
  await expectAccessible(page, 'registration after a lock');
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(id).toHaveValue('locked@example.jp');
  await expect(page.getByLabel(t('register:account.password'), { exact: true })).toHaveValue('');
  await chooseAccount(page, kiosk, 'locked@example.jp');
  await kiosk.press(t('staff:take-back'));
  await counter.unlock();
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(kiosk.heading(t('register:mail.title'))).toBeVisible();
  const first = await mailedCode(stack.centralUrl, 'locked@example.jp');
  await kiosk.press(t('register:mail.again'));
  await expect(page.getByText(t('register:problem.password-gone'))).toBeVisible();
  await chooseAccount(page, kiosk, 'locked@example.jp');
  await page
    .getByRole('textbox', { name: t('register:mail.code') })
    .fill((await mailedCode(stack.centralUrl, 'locked@example.jp', new Set([first.code]))).code);
  await kiosk.press(t('register:mail.submit'));
  await expect(kiosk.heading(t('register:done.title'))).toBeVisible();
  // Done is done: what is opened again begins anew.
  await kiosk.press(t('wizard:result.again'));
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/account.register`);
  await expect(kiosk.heading(t('one-time:staff.title'))).toBeVisible();
  await kiosk.press(t('staff:take-back'));
  await counter.unlock();
  await expect(kiosk.heading(t('one-time:staff.title'))).toBeVisible();

  // And a change of contact: what was typed, and that its code is under way, but not the code.
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/customer.change-contact`);
  const phone = page.getByRole('textbox', { name: t('customer-record:daytime-phone') });
  await phone.fill('090-1234-5678');
  await kiosk.choose(t('record-change:contact.other'));
  await page.getByLabel(t('record-change:contact.email'), { exact: true }).fill('moved@example.jp');
  await lockAndUnlock();
  await expect(phone).toHaveValue('090-1234-5678');
  await expect(page.getByLabel(t('record-change:contact.email'), { exact: true })).toHaveValue('moved@example.jp');
  await page.getByLabel(t('record-change:contact.again'), { exact: true }).fill('moved@example.jp');
  await kiosk.press(t('record-change:check'));
  const code = page.getByRole('textbox', { name: t('record-change:code.label') });
  const { code: mailed } = await mailedCode(stack.centralUrl, 'moved@example.jp');
  await code.fill(mailed);
  await lockAndUnlock();
  await expect(code).toHaveValue('');
  await code.fill(mailed);
  await kiosk.press(t('next'));
  await expect(kiosk.heading(t('record-change:confirm-title'))).toBeVisible();
  await lockAndUnlock();
  await kiosk.press(t('record-change:submit'));
  await expect(kiosk.heading(t('record-change:done.contact'))).toBeVisible();
  await lockAndUnlock();
  await expect(kiosk.heading(t('record-change:done.contact'))).toBeVisible();
  await kiosk.press(t('wizard:result.again'));
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/customer.change-contact`);
  await expect(kiosk.heading(t('record-change:contact.title'))).toBeVisible();

  // And a reset of the password.
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/account.reset-password`);
  await kiosk.press(t('staff:hand-over.submit'));
  await kiosk.next();
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();
  await kiosk.press(t('staff:take-back'));
  await counter.unlock();
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();

  async function lockAndUnlock() {
    await page.keyboard.press('F9');
    await expect(kiosk.heading(t('staff:locked.title'))).toBeVisible();
    await counter.unlock();
  }
});

test('without central, staff known here take an application by number, and central holds it', async ({
  page,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const counter = await atDesk(page, kiosk);
  // Who was typing when the line went leaves the wish here, with what was typed.
  await counter.find('number', '1000000003');
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/customer.change-contact`);
  const phone = page.getByRole('textbox', { name: t('customer-record:daytime-phone') });
  await phone.fill('090-1234-5678');
  await stack.stopCentral();
  await kiosk.button(t('record-change:contact.queue')).press('Enter', { timeout: 20_000 });
  await expect(kiosk.button(t('record-change:check'))).toHaveCount(0);
  await expect(page.getByRole('textbox')).toHaveValue('090-1234-5678');
  await page.keyboard.press('F9');
  await kiosk.press(t('staff:sign-out'));
  await expect(page.getByText(t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await counter.signIn('9001', '735192');
  await expect(page.getByText(t('staff:pin-problem.not-known-here'))).toBeVisible();
  await counter.signIn();
  await expect(kiosk.heading(t('staff:desk.title-offline'))).toBeVisible();
  await expectAccessible(page, 'desk without central');
  await page.getByRole('textbox').fill('123');
  await kiosk.press(t('staff:unverified.open'));
  await expect(page.getByText(t('staff:unverified.number-invalid'))).toBeVisible();
  await page.getByRole('textbox').fill('1000000003');
  await kiosk.choose(t('staff:identity.method.my-number-card'));
  await kiosk.press(t('staff:unverified.open'));
  await expect(page.getByText(t('home:unknown-title'))).toBeVisible();
  await expectAccessible(page, 'home, contracts unknown');
  await page.goto(`${new URL(page.url()).origin}/?lang=ja${COURSE}`);
  await kiosk.choose('かっとびプラス');
  await kiosk.next();
  await expect(page.getByRole('radiogroup')).toHaveCount(2);
  await kiosk.next();
  await kiosk.press(t('staff:hand-over.submit'));
  await expect(page.getByText(t('prices:later-reason.contracts-unknown'))).toBeVisible();
  await expectAccessible(page, 'review, contracts unknown');
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  await stack.startCentral();
  await expect(kiosk.heading(t('wizard:result.held-title'))).toBeVisible({ timeout: 30_000 });
  const orders = await ordersAtCentral(stack, number);
  expect(orders).toMatchObject([{ state: 'held', application: { attribution: { kind: 'staff', unverified: true } } }]);
});
