import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';

const PASSWORD = 'Canary%Reset1';

const ANSWER = 'カナリア';
const ISSUED = /^[2-9A-HJ-NP-Za-z]{12}$/;

test('who forgot the password gets another: by a secret question, and by the code in a mail', async ({
  page,
  stack,
}) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await page.clock.install();
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('sign-in:reset') }).click();
  await expect(kiosk.heading(t('reset-password:id.title'))).toBeVisible();
  const id = page.getByLabel(t('sign-in:id'));
  await id.fill('nobody');
  await id.press('Enter');
  await expect(page.getByText(t('reset-password:id.broken'))).toBeVisible();
  await expectAccessible(page, 'reset-password, the ID');

  // Central goes the way of the secret question with that one.
  await id.fill('shichiro@example.jp');
  await id.press('Enter');
  await expect(kiosk.heading(t('reset-password:question.title'))).toBeVisible();
  const answer = page.getByLabel(t('reset-password:question.answer'), { exact: true });
  await answer.fill('po-chi');
  await answer.press('Enter');
  await expect(page.getByText(t('reset-password:question.unchosen'))).toBeVisible();
  await expect(page.getByText(t('reset-password:question.broken'))).toBeVisible();
  await expectAccessible(page, 'reset-password, no question and no answer');
  await kiosk.choose(t('reset-password:question.of.pet'));
  await answer.fill(ANSWER);
  await answer.press('Enter');
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();
  const code = page.getByRole('textbox', { name: t('register:mail.code') });
  await code.fill((await mailedCode(stack.centralUrl, 'shichiro@example.jp')).code);
  await code.press('Enter');
  await expect(kiosk.heading(t('reset-password:answer.title'))).toBeVisible();
  await expect(answer).toHaveValue('');
  await kiosk.choose(t('reset-password:question.of.hero'));
  await answer.fill(ANSWER);
  await answer.press('Enter');
  await expect(page.getByText(t('reset-password:problem.answer-wrong'))).toBeVisible();
  await kiosk.choose(t('reset-password:question.of.pet'));
  await expectAccessible(page, 'reset-password, another question');
  await kiosk.button(t('reset-password:answer.submit')).dblclick();
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
  const issued = await page.getByText(ISSUED).innerText();
  await expectAccessible(page, 'reset-password, the password that was issued');
  await kiosk.press(t('secrets:shown.print'));
  await expect(page.getByText(t('secrets:printed.title'))).toBeVisible({ timeout: 20_000 });
  expect((await stack.receipts()).filter(({ text }) => text.includes(issued))).toHaveLength(1);
  await kiosk.press(t('register:done.sign-in'));
  await expect(kiosk.heading(t('secrets:shown.title'))).toHaveCount(0);
  await expect(page.getByText(issued)).toHaveCount(0);
  await page.getByRole('button', { name: t('sign-in:reset') }).click();

  await id.fill('rokuro@example.jp');
  await id.press('Enter');
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();
  const seen = new Set<string>();
  const newCode = async (): Promise<string> => {
    const mailed = await mailedCode(stack.centralUrl, 'rokuro@example.jp', seen);
    seen.add(mailed.code);
    return mailed.code;
  };
  await newCode();
  await code.fill('000000');
  await code.press('Enter');
  await expect(page.getByText(t('reset-password:problem.code-wrong'))).toBeVisible();
  await expect(code).toHaveValue('000000');
  await expectAccessible(page, 'reset-password, another code');
  // A mail that is sent again is waited for anew.
  const late = page.getByRole('heading', { name: t('register:mail.late-title') });
  await page.clock.fastForward('04:30');
  await kiosk.press(t('register:mail.again'));
  await expect(code).toHaveValue('');
  await newCode();
  await page.clock.fastForward('04:30');
  await expect(late).toHaveCount(0);
  await page.clock.fastForward('00:31');
  await expect(late).toBeVisible();
  await kiosk.press(t('back'));
  await expect(id).toHaveValue('rokuro@example.jp');
  await kiosk.press(t('next'));
  await expect(page.getByText(t('reset-password:code.sent'))).toBeVisible();
  await code.fill(await newCode());
  await code.press('Enter');
  await expect(kiosk.heading(t('password-change:title'))).toBeVisible();
  await page.getByLabel(t('register:account.password'), { exact: true }).fill(PASSWORD);
  await page.getByLabel(t('register:account.again')).fill('other');
  await kiosk.press(t('reset-password:password.submit'));
  await expect(page.getByText(t('register:account.differs'))).toBeVisible();
  await page.getByLabel(t('register:account.again')).fill(PASSWORD);
  await expectAccessible(page, 'reset-password, the password');
  await page.getByRole('button', { name: t('reset-password:password.submit') }).dblclick();
  await expect(kiosk.heading(t('reset-password:done.title'))).toBeVisible();
  await expectAccessible(page, 'reset-password, done');
  await kiosk.press(t('register:done.sign-in'));
  await page.getByLabel(t('sign-in:id')).fill('rokuro@example.jp');
  await page.getByLabel(t('sign-in:password'), { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(kiosk.heading(t('reset-password:done.title'))).toHaveCount(0);
  await expect(page.getByLabel(t('sign-in:password'), { exact: true })).toHaveCount(0);
});
