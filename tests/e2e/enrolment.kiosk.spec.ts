import { LANGUAGES } from '../../shared/domain/language.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { codeOn, ManagersPage } from './managers-page.ts';
import { textsOf } from './texts.ts';

const PLAN = 'ひかり お得パック トリプルプラン(インターネット30メガコース)';

test('revoked while a customer is signed in, and let in again by a manager under another code', async ({
  page,
  stack,
  browser,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('taro', '#/procedures/plan.recommended');
  await kiosk.planToTerms(PLAN);
  await kiosk.acceptTerms();
  await stack.stopCentral();
  await kiosk.submit();
  await kiosk.receiptNumber();
  await stack.startCentral();
  await expect(page.getByRole('main')).toContainText('受け付けました', { timeout: 20_000 });

  const window = await browser.newContext({ locale: 'ja-JP' });
  const manager = new ManagersPage(await window.newPage(), stack.centralUrl);
  await manager.signIn('/shop');
  await manager.revoke('T01');

  await expect(kiosk.heading(kiosk.t('enrolment:revoked.title'))).toBeVisible({ timeout: 30_000 });
  await expect(codeOn(page)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('佐藤')).toHaveCount(0);
  await expect(page.getByText(`${stack.centralUrl}/shop/enrolment`)).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(1);
  await kiosk.open('#/procedures/plan.recommended');
  await expect(kiosk.heading(kiosk.t('enrolment:revoked.title'))).toBeVisible();

  const shown = await codeOn(page).innerText();
  await manager.approve(shown);
  await expect(manager.page.getByRole('heading', { level: 1 })).toHaveText('T02 を登録しました');
  await expect(kiosk.button(kiosk.t('sign-in:submit'))).toBeVisible({ timeout: 20_000 });
  await kiosk.open();
  await expect(kiosk.heading(/いらっしゃいませ/)).toBeVisible();

  await manager.page.goto(`${stack.centralUrl}/shop/enrolment?user_code=${shown}`);
  await expect(manager.page.getByRole('alert')).toContainText('すでに登録に使われました');
  await window.close();
});

test('the terminal waits for central, and for a manager, in four languages without a fault of accessibility', {
  tag: '@long',
}, async ({ page, stack, browser }) => {
  test.slow();
  const window = await browser.newContext({ locale: 'ja-JP' });
  const manager = new ManagersPage(await window.newPage(), stack.centralUrl);
  for (const language of LANGUAGES) {
    await manager.page.goto(`${stack.centralUrl}/shop/sign-in?lang=${language}`);
    await expectAccessible(manager.page, `sign-in at central (${language})`);
  }
  await manager.page.goto(`${stack.centralUrl}/shop/sign-in?lang=ja`);
  await manager.signIn('/shop');
  await expectAccessible(manager.page, 'terminals');
  await manager.revoke('T01');
  for (const language of LANGUAGES) {
    const kiosk = new Kiosk(page, stack, language);
    await kiosk.open();
    await expect(codeOn(page)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, `enrolment (${language})`);
    const code = await codeOn(page).innerText();
    await manager.page.goto(`${stack.centralUrl}/shop/enrolment?user_code=${code}&lang=${language}`);
    await expectAccessible(manager.page, `approval (${language})`);
    await manager.page.goto(`${stack.centralUrl}/shop/terminals?lang=${language}`);
    await expectAccessible(manager.page, `terminals (${language})`);
  }
  await stack.stopCentral();
  await expect(page.getByText(textsOf('ko')('enrolment:state.seeking'))).toBeVisible({ timeout: 20_000 });
  await window.close();
});
