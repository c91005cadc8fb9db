import { businessDate } from '../../shared/domain/business-time.ts';
import { volumeChangesOn } from '../../shared/domain/mobile/volume-change-date.ts';
import { dockOf, meddle } from './dock.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ dock: true });

test('the dock fills the disk, pulls the line and takes the paper out, and puts all back', { tag: '@long' }, async ({
  page,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.courseToReview('かっとびプラス');
  await kiosk.next();
  await kiosk.acceptTerms();

  await meddle(stack, { disk: 'full' });
  await kiosk.submit();
  await expect(page.getByText(t('wizard:problem.disk-full.text'))).toBeVisible();
  await meddle(stack, { disk: 'free', network: 'unplugged', paper: 'out' });
  await expect(page.getByText(t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await kiosk.submit();
  await kiosk.receiptNumber();
  await expect(page.getByRole('main').getByText(t('wizard:result.provisional'), { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByText(t('wizard:print.refused.paper-out'))).toBeVisible();

  await meddle(stack, { network: 'plugged', paper: 'in' });
  await expect(page.getByRole('main').getByText(t('wizard:result.accepted.title'))).toBeVisible({ timeout: 20_000 });
  await kiosk.press(t('wizard:print.again'));
  await expect(page.getByRole('main').getByText(t('wizard:print.printed'))).toBeVisible({ timeout: 20_000 });
  expect(await stack.receipts()).toHaveLength(1);

  await meddle(stack, { printer: 'unplugged' });
  await kiosk.press(t('wizard:print.again'));
  await expect(page.getByRole('main').getByText(t('wizard:print.refused.offline'))).toBeVisible({ timeout: 20_000 });
});

test('the dock ends the session and moves the business clock', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const days = 31;
  await meddle(stack, { clockMinutes: 60 * 24 * days });
  await kiosk.openSignedIn('saburo', '#/procedures/mobile.change-data');
  await kiosk.choose('データ 6GB');
  await kiosk.next();
  // The one date on that review, which is another one in each month.
  const [year, month] = volumeChangesOn(businessDate(Date.now() + days * 86_400_000))
    .split('-')
    .map(Number);
  await expect(page.getByRole('main')).toContainText(`新しいデータ容量は ${year}年${month}月1日 から`);
  expect((await fetch(new URL('end-session', dockOf(stack)), { method: 'POST' })).status).toBe(204);
  await expect(kiosk.heading(kiosk.t('gone.title'))).toBeVisible();
});

test('the dock is worked from its page, and answers nobody without its token', async ({ page, stack }) => {
  await page.goto(dockOf(stack).href);
  await page.getByRole('radio', { name: 'unplugged' }).first().check();
  await expect(page.getByRole('status')).toContainText('"network":"unplugged"');
  expect((await fetch(new URL('/state', dockOf(stack)))).status).toBe(403);
  expect((await fetch(new URL('state', dockOf(stack)), { method: 'PATCH', body: '{}' })).status).toBe(400);
});
