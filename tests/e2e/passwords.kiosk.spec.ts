import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { interfere } from './seam.ts';
import { textsOf } from './texts.ts';

const ISSUED = /^[2-9A-HJ-NP-Za-z]{12}$/;

test('a password is issued once, with its reading, printed once, and taken back where it may lie on paper', {
  tag: '@long',
}, async ({ page, stack }) => {
  test.slow();
  const between = await interfere(page);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const password = page.getByText(ISSUED);
  await kiosk.openSignedIn('taro', '#/procedures/access-account.reissue-password');
  await expect(kiosk.heading(t('secrets:confirm.title'))).toBeVisible();
  await expect(page.getByText('a1000001@net.example.jp')).toBeVisible();
  await expectAccessible(page, 'before a password is issued');
  between('/secrets/issue', () => ({ refuse: 'OUTCOME_UNKNOWN' }));
  await kiosk.press('発行');
  await expect(page.getByText(t('secrets:problem.outcome-unknown.title'))).toBeVisible();
  await expectAccessible(page, 'nobody knows whether it was issued');
  await kiosk.button('発行').dblclick();
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
  const first = await password.innerText();
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: t('secrets:class.upper') })
      .first(),
  ).toBeVisible();
  await expectAccessible(page, 'password on the screen');

  // Another language, another screen and back: the same password.
  await page.getByRole('banner').getByRole('button').first().click();
  await page.getByRole('dialog').getByText('English').first().click();
  await page.keyboard.press('Escape');
  const en = textsOf('en');
  await expect(kiosk.heading(en('secrets:shown.title'))).toBeVisible();
  expect(await password.innerText()).toBe(first);
  await expectAccessible(page, 'password on the screen, English');
  await kiosk.press(en('secrets:shown.leave'));
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'leaving without the paper');
  await kiosk.press(en('secrets:leaving.stay'));

  await stack.setPrinterFault('paper-out');
  await kiosk.press(en('secrets:shown.print'));
  await expect(page.getByText(en('secrets:refused.paper-out'))).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'printer without paper');
  await stack.setPrinterFault('none');
  await kiosk.press(en('secrets:shown.print'));
  await expect(page.getByText(en('secrets:printed.title'))).toBeVisible({ timeout: 20_000 });
  expect(await password.innerText()).toBe(first);
  const slips = (await stack.receipts()).filter(({ text }) => text.includes(first));
  expect(slips).toHaveLength(1);
  expect(slips[0]?.text).toMatch(/\[underline\]\p{Script=Katakana}/u);
  await kiosk.press(en('wizard:result.again'));

  // Its paper came out or didn't: the password is worth nothing, and the next one is another.
  await page
    .getByRole('main')
    .getByRole('button', { name: en('procedures:video.reissue-password.title') })
    .click();
  await kiosk.press(en('secrets:confirm.submit.cable-id'));
  await expect(kiosk.heading(en('secrets:shown.title'))).toBeVisible();
  const second = await password.innerText();
  // Whatever came of it, this page has not heard.
  between('/secrets/print', () => ({ refuse: 'NOBODY_KNOWS' }));
  await kiosk.press(en('secrets:shown.print'));
  await expect(kiosk.heading(en('secrets:revocation-waits.title'))).toBeVisible();
  await expect(page.getByText(second)).toHaveCount(0);
  await expectAccessible(page, 'password taken back');
  await kiosk.press(en('secrets:revoked.anew'));
  await expect(kiosk.heading(en('secrets:shown.title'))).toBeVisible();
  expect(await password.innerText()).not.toBe(second);
  // One that this terminal can't print any more stays good, and on the screen.
  const third = await password.innerText();
  between('/secrets/print', () => ({ refuse: 'NOT_HELD' }));
  await kiosk.press(en('secrets:shown.print'));
  await expect(page.getByText(en('secrets:refused.gone'))).toBeVisible();
  expect(await password.innerText()).toBe(third);
  await expectAccessible(page, 'password that is on the screen alone');
  await kiosk.press(en('finish'));
  await expect(page.getByText(ISSUED)).toHaveCount(0);

  await kiosk.openSignedIn('jiro', '#/procedures/video.reissue-password');
  await expect(page.getByText(t('unavailable:no-cable-id'))).toBeVisible();

  // Another password of their own choice: the rules as they are met, then what it means, then done.
  await kiosk.open('#/procedures/account.change-password');
  await kiosk.signIn('jiro');
  const field = (name: string) => page.getByLabel(t(`password-change:${name}`), { exact: true });
  await kiosk.press('確認');
  await expect(page.getByText(t('password-change:missing-present'))).toBeVisible();
  await field('present').fill('x'.repeat(101));
  await kiosk.press('確認');
  await expect(page.getByText(t('password-change:long-present', { max: '100' }))).toBeVisible();
  await expect(field('present')).toHaveValue('x'.repeat(101));
  await field('present').fill('wrong');
  await field('next').fill('New%Word_9');
  await field('again').fill('New%Word_9');
  await expect(page.getByRole('listitem').getByText(t('password-change:met'))).toHaveCount(3);
  await expectAccessible(page, 'choosing a password');
  await kiosk.press('確認');
  await expect(kiosk.heading(t('password-change:confirm-title'))).toBeVisible();
  await kiosk.press('変更');
  await expect(page.getByText(t('password-change:problem.present-refused'))).toBeVisible();
  await expect(field('next')).toHaveValue('');
  await field('present').fill('Counter2026');
  await field('next').fill('New%Word_9');
  await field('again').fill('New%Word_9');
  await kiosk.press('確認');
  await kiosk.press('変更');
  await expect(kiosk.heading(t('password-change:done-title'))).toBeVisible();
  await kiosk.press(t('password-change:print'));
  await expect(page.getByText(t('password-change:printed'))).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'password changed');
  expect((await stack.receipts()).filter(({ text }) => text.includes('New%Word_9'))).toEqual([]);
  await kiosk.press(t('finish'));
  await kiosk.open('#/procedures/account.change-password');
  await kiosk.signIn('jiro', 'New%Word_9');
  await expect(kiosk.heading(t('password-change:title'))).toBeVisible();

  // Another Cable ID, for who knows the password of one.
  await kiosk.openSignedIn('hanako', '#/procedures/video.manage');
  await page
    .getByRole('main')
    .getByRole('button', { name: t('cable-ids:add.row') })
    .click();
  await page.getByLabel(t('cable-ids:add.present'), { exact: true }).fill('x'.repeat(101));
  await kiosk.press('追加');
  await expect(page.getByText(t('password-change:long-present', { max: '100' }))).toBeVisible();
  await page.getByLabel(t('cable-ids:add.present'), { exact: true }).fill('Counter2026');
  await expectAccessible(page, 'adding a Cable ID');
  await kiosk.press('追加');
  await expect(page.getByText('c100000000201')).toBeVisible();
  await kiosk.press('発行');
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
});
