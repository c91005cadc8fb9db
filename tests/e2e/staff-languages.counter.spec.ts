import Database from 'better-sqlite3';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { expectAccessible } from './axe.ts';
import { atDesk } from './counter.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { codeOn, ManagersPage } from './managers-page.ts';
import { textsOf } from './texts.ts';

test.use({ mode: 'staff' });

/** The beginning of the file, without which SQLite opens nothing. */
function damageDatabase(terminalData: string): void {
  const path = join(terminalData, 'terminal.sqlite3');
  const db = new Database(path);
  // Opened and closed, so that what was in SQLite's log is in the file.
  db.pragma('user_version');
  db.close();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(100, 0xa5), 0, 100, 0);
  closeSync(file);
}

const OTHERS = LANGUAGES.filter((language) => language !== 'ja');

test("what a revoked terminal can't open goes into a file for central; staff's screens in the other languages", {
  tag: '@long',
}, async ({ page, stack, browser }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const counter = await atDesk(page, kiosk);
  const apply = async (course: string): Promise<string> => {
    await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/internet.change-course`);
    await kiosk.choose(course);
    await kiosk.next();
    await expect(page.getByRole('radiogroup')).toHaveCount(2);
    await kiosk.next();
    await kiosk.press(t('staff:hand-over.submit'));
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.submit();
    const number = await kiosk.receiptNumber();
    await kiosk.press(t('finish'));
    return number;
  };
  await counter.find('number', '1000000003');
  await counter.openCustomer();
  await expect(kiosk.button(t('finish'))).toBeVisible();
  const accepted = await apply('かっとびプラス');
  await counter.unlock();
  await expect(kiosk.heading(t('staff:desk.title'))).toBeVisible();
  await stack.stopCentral();
  await expect(page.getByText(t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('textbox').fill('1000000003');
  await kiosk.choose(t('staff:identity.method.passport'));
  await kiosk.press(t('staff:unverified.open'));
  await expect(page.getByText(t('home:unknown-title'))).toBeVisible();
  const stranded = await apply('かっとびワイド');

  await test.step('revoked before it could send, and let in again', async () => {
    await stack.killTerminal();
    damageDatabase(stack.terminalData);
    await stack.startCentral();
    const window = await browser.newContext({ locale: 'ja-JP' });
    const manager = new ManagersPage(await window.newPage(), stack.centralUrl);
    await manager.signIn('/shop');
    await manager.revoke('T01');
    await stack.restartTerminal();
    await kiosk.open('#/staff/queue');
    await expect(codeOn(page)).toBeVisible({ timeout: 30_000 });
    await manager.approve(await codeOn(page).innerText());
    await window.close();
    await expect(kiosk.heading(t('staff:sign-in.title'))).toBeVisible({ timeout: 20_000 });
    await counter.signIn();
  });

  await test.step('staff are told what became of a damaged database', async () => {
    await kiosk.press(t('salvage:notice.open'));
    await expect(page.getByText(t('salvage:nothing-lost'))).toBeVisible();
    await expect(page.getByText(t('salvage:saved.title_other', { count: '2' }))).toBeVisible();
    await expectAccessible(page, 'what was salvaged');
    await kiosk.press(t('salvage:confirm'));
    await expect(page.getByText(t('salvage:notice.title'))).toBeHidden();
  });

  await test.step('staff are told what to do, and do it', async () => {
    await page.getByRole('option', { name: stranded }).click();
    await expect(page.getByText(t('queue:reason.terminal-revoked.do'))).toBeVisible();
    await expect(page.getByText(t('queue:obstacle.unreadable')).first()).toBeVisible();
    await kiosk.press(t('queue:rescue.action'));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('queue:rescue.submit') })
      .click();
    await expect(
      page.getByRole('note').filter({ hasText: t('queue:rescue.saved_other', { count: '1' }) }),
    ).toBeVisible();
    await expect(page.getByText(t('queue:reason.terminal-revoked.do-exported'))).toBeVisible();
  });

  let reprints = 0;
  for (const language of OTHERS) {
    await test.step(`in ${language}`, async () => {
      await page.getByRole('banner').getByRole('button').first().click();
      await page
        .getByRole('dialog')
        .locator('label')
        .filter({ hasText: textsOf(language)('greeting:language') })
        .click();
      const there = new Kiosk(page, stack, language);
      await page
        .getByRole('dialog')
        .getByRole('button', { name: there.t('close') })
        .last()
        .click();
      await expect(there.heading(there.t('queue:title'))).toBeVisible();
      await there.choose(there.t('queue:filter.attention'));
      await page.getByRole('option', { name: stranded }).click();
      await expect(page.getByText(there.t('queue:reason.terminal-revoked.do-exported'))).toBeVisible();
      await expectAccessible(page, `a stranded application (${language})`);
      await there.press(there.t('queue:rescue.action'));
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      await there.choose(there.t('queue:filter.all'));
      await page.getByRole('option', { name: accepted }).click();
      await there.press(there.t('reprint:action'));
      reprints += 1;
      await expect(
        page.getByRole('note').filter({ hasText: there.t('reprint:done.printed', { number: String(reprints) }) }),
      ).toBeVisible();
      await expectAccessible(page, `slip printed again (${language})`);
      await page.keyboard.press('F8');
      await expect(there.heading(there.t('devices:title'))).toBeVisible();
      await there.press(there.t('devices:test-all'));
      await expect(page.getByText(there.t('devices:clock.exact'))).toBeVisible();
      await expectAccessible(page, `devices (${language})`);
      await page.getByRole('link', { name: there.t('staff:menu.close-day') }).click();
      await expect(page.getByRole('row', { name: stranded })).toBeVisible();
      await expectAccessible(page, `close the day (${language})`);
      await page.keyboard.press('F9');
      await expect(there.heading(there.t('staff:locked.title'))).toBeVisible();
      await expectAccessible(page, `locked (${language})`);
      await page.getByLabel(there.t('staff:pin'), { exact: true }).fill('248163');
      await page.keyboard.press('Enter');
      await expect(there.heading(there.t('close-day:title'))).toBeVisible();
      await page.keyboard.press('F2');
      await expect(there.heading(there.t('staff:desk.title'))).toBeVisible();
      await expectAccessible(page, `desk (${language})`);
      await page.keyboard.press('F4');
      await expect(there.heading(there.t('queue:title'))).toBeVisible();
    });
  }
});
