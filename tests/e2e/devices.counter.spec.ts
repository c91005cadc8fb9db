import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ mode: 'staff' });

test('staff test every device, by the keyboard, and read what to do', async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.open('#/staff/devices');
  await page.getByLabel(t('staff:number')).fill('1001');
  await page.getByLabel(t('staff:pin'), { exact: true }).fill('248163');
  await page.keyboard.press('Enter');
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();
  const device = (name: string) => page.getByRole('region', { name: t(`devices:${name}.title`), exact: true });
  await expect(device('camera')).toContainText(t('devices:camera.text'));
  await expect(device('camera').getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'devices');
  await kiosk.press(t('devices:test-all'));
  await expect(device('printer')).toContainText(t('devices:printer.result.printed'));
  await expect(device('central')).toContainText(t('devices:central.ok'));
  await expect(device('disk').getByRole('note')).toBeVisible();
  await expect(device('clock')).toContainText(t('devices:clock.exact'));
  await expectAccessible(page, 'devices, tested');
  await stack.stopCentral();
  await device('central').getByRole('button').press('Enter');
  await expect(device('central')).toContainText(t('devices:central.broken.refused'));
  await expect(device('central')).toContainText(t('devices:central.unreachable'));
  await expectAccessible(page, 'devices, central away');
  await page.keyboard.press('F2');
  await expect(kiosk.heading(t('staff:desk.title-offline'))).toBeVisible();
  await page.keyboard.press('F8');
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();
});
