import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test('out of paper at the end: the customer is told, the application stands, the slip is printed later', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.courseToReview('かっとびワイド');
  await kiosk.next();
  await kiosk.acceptTerms();
  await stack.setPrinterFault('paper-out');
  await kiosk.submit();
  const number = await kiosk.receiptNumber();
  const main = page.getByRole('main');
  await expect(main).toContainText(kiosk.t('wizard:print.refused.paper-out'));
  await expect(main).toContainText(kiosk.t('wizard:print.stands'));
  await expectAccessible(page, 'out of paper');
  expect(await stack.receipts()).toHaveLength(0);
  await stack.setPrinterFault('none');
  await kiosk.press('もう一度印刷する');
  await expect(main).toContainText(kiosk.t('wizard:print.printed'));
  expect((await stack.receipts())[0]?.text).toContain(number);
});
