import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtProgram } from '../../tools/build.mjs';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { textsOf } from './texts.ts';

test('an operator sees that a terminal is out of paper', async ({ page, stack }) => {
  const t = textsOf('ja');
  const { stdout: token } = await promisify(execFile)(process.execPath, [
    ...[builtProgram('central'), 'token', '--scope', 'operator', '--data', stack.centralData],
  ]);
  await page.goto(`${stack.centralUrl}/operator/fleet`);
  await expectAccessible(page, 'sign-in of the fleet page');
  await page.getByLabel(t('fleet:token')).fill('no.such.token');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(t('fleet:refused'));
  await expectAccessible(page, 'refused sign-in of the fleet page');
  await page.getByLabel(t('fleet:token')).fill(token);
  await page.keyboard.press('Enter');

  const row = page.getByRole('row', { name: /^T01/ });
  await stack.setPrinterFault('paper-out');
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText(t('fleet:printer.paper-out'), { timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  await expect(row).toContainText(t('fleet:trouble.printer'));
  await expectAccessible(page, 'fleet page');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(row).toContainText('out of paper');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel(t('fleet:token'))).toBeVisible();
});
