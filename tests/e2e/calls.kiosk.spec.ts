import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test('a customer calls, staff at the counter see it wherever they are, and one answers', async ({
  page,
  stack,
  browser,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const started = await stack.start('terminal', [
    ...['--port', '0', '--central', stack.centralUrl, '--data', `${stack.terminalData}-counter`],
    ...['--printer', stack.printerUrl, '--mode', 'staff', '--no-window'],
  ]);
  const window = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1366, height: 768 } });
  const screen = await window.newPage();
  const counter = new Kiosk(screen, { terminalUrl: started.address });
  await counter.open('#/staff');
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.choose('かっとびプラス');

  await test.step('heard at a terminal where nobody is signed in, without taking the focus', async () => {
    await screen.getByLabel(t('staff:number')).fill('10');
    await kiosk.press(t('call-staff'));
    await expect(page.getByRole('dialog', { name: t('call:asked.title') })).toBeVisible();
    const shopCalls = screen.getByRole('region', { name: t('call:shop.title') });
    await expect(shopCalls).toContainText(t('call:shop.from', { terminal: 'T01' }));
    await expect(shopCalls).toContainText(t('procedures:internet.change-course.title'));
    await expect(shopCalls).toContainText(t('call:shop.sign-in'));
    await screen.keyboard.type('01');
    await expect(screen.getByLabel(t('staff:number'))).toHaveValue('1001');
    await expectAccessible(page, 'called');
    await expectAccessible(screen, 'a call at the sign-in');
  });

  await test.step('answered by whoever signs in', async () => {
    await screen.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
    await screen.keyboard.press('Enter');
    await expect(counter.heading(t('staff:desk.title'))).toBeVisible();
    await expectAccessible(screen, 'a call at the desk');
    await screen.getByRole('button', { name: t('call:shop.answer') }).click();
    await expect(page.getByRole('dialog', { name: t('call:answered.title') })).toContainText('窓口 花子');
    await expect(screen.getByText(t('call:shop.note.you', { terminal: 'T01' }))).toBeVisible();
    await expectAccessible(page, 'answered');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('close') })
      .click();
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
    await screen
      .getByRole('region')
      .getByRole('button', { name: t('close') })
      .click();
    await expect(screen.getByRole('region', { name: t('call:shop.title') })).toHaveCount(0);
  });

  await test.step('gone from a locked terminal when the customer no longer wants it', async () => {
    await screen.keyboard.press('F9');
    await kiosk.press(t('call-staff'));
    await expect(screen.getByText(t('call:shop.unlock'))).toBeVisible();
    await kiosk.press(t('call:dismiss'));
    await expect(screen.getByText(t('call:shop.unlock'))).toHaveCount(0);
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
  });

  await test.step('answered by unlocking the kiosk, which is given back as it was', async () => {
    await kiosk.press(t('call-staff'));
    await kiosk.press(t('call:unlock.way'));
    await expect(kiosk.heading(t('call:unlock.title'))).toBeVisible();
    await expectAccessible(page, 'PIN at the kiosk');
    await kiosk.press(t('call:unlock.back'));
    await expect(page.getByRole('dialog', { name: t('call:asked.title') })).toBeVisible();
    await expect(screen.getByText(t('call:shop.unlock'))).toBeVisible();
    await kiosk.press(t('call:unlock.way'));
    await page.getByLabel(t('staff:number')).fill('1001');
    await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
    await kiosk.press(t('call:unlock.submit'));
    await expect(kiosk.heading(t('devices:title'))).toBeVisible();
    await expect(screen.getByText(t('call:shop.unlock'))).toHaveCount(0);
    await expectAccessible(page, 'unlocked kiosk');
    await expect(page.getByRole('link', { name: t('staff:menu.desk') })).toHaveCount(0);
    await page.evaluate("location.hash = '#/contracts'");
    await expect(kiosk.heading(t('devices:title'))).toBeVisible();
    await kiosk.press(t('call:unlock.back'));
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
  });

  await test.step('seen and heard across the shop when nobody listens any more', async () => {
    await started.program.stop();
    await stack.stopCentral();
    await kiosk.press(t('call-staff'));
    await expect(page.getByRole('alertdialog', { name: t('call:sign.title') })).toBeVisible();
    await kiosk.press(t('call:dismiss'));
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
  });
  await window.close();
});
