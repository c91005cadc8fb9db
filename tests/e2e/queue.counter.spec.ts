import { expectAccessible } from './axe.ts';
import { ordersAtCentral } from './central.ts';
import { atDesk, Counter } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ mode: 'staff' });

const COURSE = '#/procedures/internet.change-course';

test('someone not signed in signs in and comes to the list that they asked for', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/staff/queue');
  await new Counter(page, kiosk).signIn();
  await expect(kiosk.heading(kiosk.t('queue:title'))).toBeVisible();
  await expect(page.getByText(kiosk.t('queue:empty.attention'))).toBeVisible();
  await page.keyboard.press('F2');
  await expect(kiosk.heading(kiosk.t('staff:desk.title'))).toBeVisible();
  await page.keyboard.press('F4');
  await expect(kiosk.heading(kiosk.t('queue:title'))).toBeVisible();
});

test('staff see what waits, why it is held, and correct it with the customer', async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const counter = await atDesk(page, kiosk);
  const goTo = (hash: string) => page.goto(`${new URL(page.url()).origin}/?lang=ja${hash}`);
  const entry = page.getByRole('option', { name: t('procedures:internet.change-course.title') });
  const goThrough = async (course: string): Promise<string> => {
    await kiosk.choose(course);
    await kiosk.next();
    await expect(page.getByRole('radiogroup')).toHaveCount(2);
    await kiosk.next();
    await kiosk.press(t('staff:hand-over.submit'));
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.submit();
    return kiosk.receiptNumber();
  };

  await stack.stopCentral();
  await expect(page.getByText(t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('textbox').fill('1000000003');
  await kiosk.choose(t('staff:identity.method.my-number-card'));
  await kiosk.press(t('staff:unverified.open'));
  await expect(page.getByText(t('home:unknown-title'))).toBeVisible();
  await goTo(COURSE);
  const first = await goThrough('かっとびプラス');
  await kiosk.press(t('finish'));
  await counter.unlock();
  await page.getByRole('link', { name: t('staff:menu.queue') }).click();
  await kiosk.choose(t('queue:filter.waiting'));
  await expect(entry).toContainText(first);
  await expect(entry).toContainText('1000000003');

  await stack.startCentral();
  await kiosk.choose(t('queue:filter.attention'));
  await expect(entry).toContainText(t('queue:state.held'), { timeout: 30_000 });
  await page.getByRole('textbox').fill('インターネット');
  await page.keyboard.press('ArrowDown');
  await expect(entry).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('queue:reason.identity-check.what'))).toBeVisible();
  await expect(page.getByText(t('queue:obstacle.manager-only')).first()).toBeVisible();
  await expectAccessible(page, 'a held application');
  await page.keyboard.press('Escape');
  await expect(entry).toBeFocused();

  await page.keyboard.press('Enter');
  await kiosk.press(t('queue:action.withdraw'));
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: t('queue:action.withdraw') })
    .click();
  await expect(page.getByText(t('queue:withdrawal.missing'))).toBeVisible();
  await expectAccessible(page, 'withdrawing');
  await page.keyboard.press('Escape');
  await kiosk.press(t('queue:action.correct'));
  await kiosk.choose(t('staff:identity.method.passport'));
  await expectAccessible(page, 'correcting');
  await kiosk.press(t('queue:confirm.correct.submit'));
  await expect(page.getByText(t('wizard:corrects', { number: first }))).toBeVisible();
  await expect(kiosk.choice('かっとびプラス')).toBeChecked();
  const second = await goThrough('かっとびワイド');
  await kiosk.press(t('finish'));
  await counter.unlock();
  await page.getByRole('link', { name: t('staff:menu.queue') }).click();
  await kiosk.choose(t('queue:filter.withdrawn'));
  await expect(entry).toContainText(first, { timeout: 40_000 });
  await entry.click();
  await expect(page.getByText(second)).toBeVisible();
  expect(await ordersAtCentral(stack, first)).toMatchObject([{ state: 'cancelled' }]);
  expect(await ordersAtCentral(stack, second)).toMatchObject([
    { application: { attribution: { staffNumber: '1001', identityMethod: 'passport', unverified: false } } },
  ]);
});
