import { SIM_ONLY_LINE } from '../builders/mobile-lines.ts';
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURE_KINDS } from '../../shared/domain/identity-policy.ts';
import { phoneBrowser } from '../setup/phone-browser.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { phonePicture, showCode } from './phone-pictures.ts';
import { ProcedureWalk } from './procedure-walk.ts';

test('a picture that was torn after staff had seen it stops the application, and nothing entered is lost', async ({
  page,
  stack,
}) => {
  test.setTimeout(120_000);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  const folder = join(stack.terminalData, 'captures');
  const tearOne = (): void => truncateSync(join(folder, readdirSync(folder)[0] ?? ''), 900);
  const attest = async (): Promise<void> => {
    for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
    await page.getByLabel(t('identity:says.bornOn')).fill('昭和60年1月2日');
    await kiosk.next();
    await page.getByLabel(t('staff:number')).fill('1001');
    await page.getByLabel(t('staff:pin')).fill('248163');
    await kiosk.press(t('identity:attest.submit'));
    await expect(page.getByText(t('identity:done-text'))).toBeVisible();
  };
  await walk.signIn('jiro');
  await walk.reachIdentity('mobile.apply', SIM_ONLY_LINE);
  await showCode(kiosk);
  const phone = phoneBrowser(await page.locator('.phone-link__address').innerText());
  await phone.claim(await page.locator('.phone-link__number').innerText());
  for (const side of PICTURE_KINDS) expect((await phone.send(side, phonePicture(side).buffer)).status).toBe(200);
  await expect(page.getByText(t('capture:ready-text'))).toBeVisible({ timeout: 20_000 });

  await kiosk.press(t('identity:begin'));
  await expect(page.locator('.capture__taken img')).toHaveCount(3);
  await attest();
  tearOne();
  await kiosk.button(t('wizard:terms.submit')).click();
  await expect(page.getByText(t('wizard:problem.captures-missing.title'))).toBeVisible();
  // Nothing that was entered is lost, and staff see which picture it is.
  await expect(kiosk.button(t('wizard:terms.submit'))).toHaveCount(0);
  await kiosk.press(t('identity:begin'));
  await expect(page.getByText(t('capture:taken.lost'))).toBeVisible();
  await attest();
  await kiosk.submit();
  expect(await kiosk.receiptNumber()).toMatch(/^T/);
});
