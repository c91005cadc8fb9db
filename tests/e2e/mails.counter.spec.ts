import { caughtMails } from '../../central/testing/caught-mails.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { textsOf } from './texts.ts';

const PLAN = '히카리 실속팩 트리플 플랜(인터넷 2기가 코스)';

test('who applies in Korean is mailed in Korean, when it is accepted and when it is complete', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack, 'ko');
  await kiosk.openSignedIn('taro', '#/procedures/plan.recommended');
  await kiosk.planToTerms(PLAN);
  await kiosk.acceptTerms();
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  const subjects = ['accepted', 'completed'].map((news) => kiosk.t(`mails:subject.${news}`, { number }));
  await expect
    .poll(async () => (await caughtMails(stack.centralUrl)).map(({ subject }) => subject), { timeout: 20_000 })
    .toEqual(subjects);
  for (const mail of await caughtMails(stack.centralUrl)) {
    expect(mail.to).toEqual(['taro@example.jp']);
    expect(mail.language).toBe('ko');
    expect(mail.text).toContain(number);
    expect(mail.text).not.toContain(textsOf('ja')('mails:footer'));
  }

  await page.goto(`${stack.centralUrl}/demo/mails`);
  const first = page.locator('details').first();
  await expect(first).toContainText(subjects[1] ?? '');
  await expectAccessible(page, 'demo mails');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(first.locator('pre')).toBeVisible();
  await expectAccessible(page, 'a demo mail');
});
