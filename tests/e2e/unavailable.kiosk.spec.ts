import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

for (const customer of ['shiro', 'goro'] as const) {
  test(`${customer} has no internet contract, and reads why and what to do`, async ({ page, stack }) => {
    const kiosk = new Kiosk(page, stack);
    await kiosk.openSignedIn(customer, '#/procedures/internet.change-course');
    await expect(page.getByRole('main')).toContainText(kiosk.t('unavailable:no-internet-contract'));
  });
}

for (const customer of ['hanako', 'shiro', 'goro'] as const) {
  test(`${customer} has no recommended plan, and reads why before anything is typed`, async ({ page, stack }) => {
    const kiosk = new Kiosk(page, stack);
    const reason = kiosk.t('unavailable:no-recommended-plan');
    await kiosk.openSignedIn(customer, '#/procedures/plan.recommended');
    await expect(page.getByRole('main')).toContainText(reason);
    await kiosk.press(kiosk.t('to-home'));
    await expect(page.getByRole('main')).toContainText(reason);
  });
}
