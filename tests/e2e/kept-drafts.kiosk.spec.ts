import { writeFile } from 'node:fs/promises';
import { offeringById } from '../../shared/domain/catalog.ts';
import type { Draft } from '../../shared/procedures/procedure.ts';
import { realCatalog } from '../builders/demo.ts';
import { expectAccessible } from './axe.ts';
import { ordersAtCentral } from './central.ts';
import { expect, test } from './fixtures.ts';
import { attestIdentity } from './identity-at-kiosk.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';
import { interfere } from './seam.ts';

const LINE = {
  ...{ plan: 'voice', volume: 'mobile.voice-6gb', calls: 'basic', fiveG: 'off', voicemail: 'no', set: 'sim-only' },
  ...{ handset: 'other', simSize: 'nano', accessory: 'no', support: 'no', filtering: 'no' },
} satisfies Draft;
const USER = { contractorBornOn: '昭和60年1月2日', relation: 'self', numbering: 'new' } satisfies Draft;
const DEARER_YEN = 110;

test(
  'what was kept at one kiosk is gone on with at another, at today’s price (p.88)',
  { tag: '@long' },
  async ({ page, stack }, testInfo) => {
    test.setTimeout(120_000);
    const kiosk = new Kiosk(page, stack);
    const noLook = () => Promise.resolve();
    const walk = new ProcedureWalk(page, kiosk, () => undefined);
    const keep = kiosk.button(kiosk.t('kept-drafts:keep'));
    await test.step('who went away can have it kept by the warning, with a slip', async () => {
      await page.clock.install();
      await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
      await kiosk.choose('かっとびプラス');
      const keepAndEnd = kiosk.button(kiosk.t('kept-drafts:idle-keep'));
      await expect(async () => {
        await page.clock.runFor(5_000);
        await expect(keepAndEnd).toBeVisible({ timeout: 200 });
      }).toPass({ intervals: [50] });
      await expectAccessible(page, 'warning that offers to keep');
      await keepAndEnd.click();
      await expect(page.getByText(kiosk.t('demo-note'))).toBeVisible();
      expect(await stack.receipts()).toHaveLength(1);
    });

    await walk.signIn('jiro');
    await walk.open('mobile.apply');
    await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.plan.heading'))).toBeVisible();
    // Nothing is there yet that could be kept.
    await expect(keep).toBeDisabled();
    await walk.fillSteps('mobile.apply', LINE, noLook);
    await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.user.heading'))).toBeVisible();
    // Who gives up is asked too.
    await kiosk.press(kiosk.t('cancel'));
    await expect(kiosk.button(kiosk.t('kept-drafts:cancel-keep')).last()).toBeVisible();
    await kiosk.press(kiosk.t('wizard:cancel.stay'));
    await keep.click();
    await expect(kiosk.heading(kiosk.t('kept-drafts:kept.title'))).toBeVisible();
    await expect(page.getByRole('main')).toContainText(kiosk.t('wizard:print.printed'));
    await expectAccessible(page, 'kept');
    const number = await page.getByText(/^\d{5} \d{5}$/).innerText();
    const slip = (await stack.receipts()).find(({ text }) => text.includes(number));
    expect(slip?.text).not.toMatch(/1000000003|6GB|次郎/);
    await kiosk.press(kiosk.t('finish'));

    const offering = offeringById(realCatalog, 'mobile.voice-6gb');
    const before = 'monthlyYen' in offering ? offering.monthlyYen : 0;
    const offerings = realCatalog.offerings.map((one) =>
      one.id === offering.id ? { ...one, monthlyYen: before + DEARER_YEN } : one,
    );
    const catalog = testInfo.outputPath('catalog.json');
    await writeFile(catalog, JSON.stringify({ version: '2026-12-01.1', offerings }));
    await stack.stopCentral();
    await stack.startCentral(catalog);
    const { address } = await stack.start('terminal', [
      ...['--port', '0', '--central', stack.centralUrl, '--data', testInfo.outputPath('second')],
      ...['--printer', stack.printerUrl, '--mode', 'self-service', '--no-window'],
    ]);
    const second = new Kiosk(page, { terminalUrl: address });
    await second.open('#/drafts');
    const field = page.getByLabel(kiosk.t('kept-drafts:number'));
    await field.fill('12345 67890');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toContainText(kiosk.t('kept-drafts:enter.invalid'));
    await expectAccessible(page, 'number of a kept draft');
    await field.fill(number);
    await page.keyboard.press('Enter');
    await second.signIn('jiro');
    await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.user.heading'))).toBeVisible();
    const changed = page.getByRole('main').getByText(kiosk.t('kept-drafts:changed.title'));
    await expect(changed).toBeVisible();
    const main = page.getByRole('main');
    const yen = (amount: number): string => `${amount.toLocaleString('en')}円`;
    await expect(main).toContainText(`${yen(before)} → ${yen(before + DEARER_YEN)}`);
    await expectAccessible(page, 'a kept draft at another price');
    const secondWalk = new ProcedureWalk(page, second, () => undefined);
    await secondWalk.fillSteps('mobile.apply', USER, noLook);
    await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
    await expect(changed).toBeVisible();
    await kiosk.next();
    await kiosk.acceptTerms();
    await kiosk.next();
    await attestIdentity(page, kiosk, 'S60.1.2');
    await kiosk.submit();
    const receipt = page.getByText(/^T\d+-\d{6}-\d{4}-[0-9A-Z]$/);
    await expect(receipt).toBeVisible();
    const [order] = await ordersAtCentral(stack, await receipt.innerText());
    expect(order?.application?.answers).toMatchObject({ ...LINE, relation: 'self' });

    // It has become an application: nothing is left to go on with.
    await page.goto(page.url().replace(/#.*/, `#/drafts/${number.replace(' ', '')}`));
    await expect(kiosk.heading(kiosk.t('kept-drafts:unknown.title'))).toBeVisible();
  },
);

test('what comes after its customer has left is nobody’s', async ({ page, stack }) => {
  const between = await interfere(page);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.choose('かっとびプラス');
  await kiosk.press(t('kept-drafts:keep'));
  await expect(kiosk.heading(t('kept-drafts:kept.title'))).toBeVisible();
  await page.goto(page.url().replace(/#.*/, '#/'));
  await page
    .locator('.home__wide')
    .getByRole('button', { name: t('procedures:internet.change-course.title') })
    .click();
  let come = (): void => undefined;
  const answerAfter = new Promise<void>((resolve) => {
    come = resolve;
  });
  between('/drafts/read', () => ({ answerAfter }));
  await kiosk.press(t('kept-drafts:open.resume'));
  await kiosk.button(t('close')).last().click();
  await kiosk.press(t('finish'));
  await expect(page.getByText(t('demo-note'))).toBeVisible();
  come();
  // The next one begins at the greeting, and finds a procedure that nobody has begun.
  await kiosk.begin();
  await kiosk.signIn('jiro');
  await expect(kiosk.heading(new RegExp(t('home:title', { name: '' }).trim()))).toBeVisible();
  await page.goto(page.url().replace(/#.*/, '#/procedures/internet.change-course'));
  await expect(kiosk.heading(t('kept-drafts:first.title'))).toBeVisible();
  await expectAccessible(page, 'a procedure of which something is kept');
  await kiosk.press(t('kept-drafts:first.anew'));
  await expect(kiosk.choice('かっとびプラス')).toBeVisible();
  await expect(kiosk.choice('かっとびプラス')).not.toBeChecked();
});

test('who opens a procedure from the menu is asked whether to go on with what was kept of it (p.88)', async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const openFromMenu = async (): Promise<void> => {
    await page.locator('.home__found').getByText(t('procedures:internet.change-course.title'), { exact: true }).click();
  };
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  for (const course of ['かっとびプラス', 'かっとびワイド']) {
    await kiosk.choose(course);
    await kiosk.press(t('kept-drafts:keep'));
    await expect(kiosk.heading(t('kept-drafts:kept.title'))).toBeVisible();
    await kiosk.press(t('wizard:result.again'));
    await expect(page.locator('.home__wide')).toContainText(t('procedures:internet.change-course.title'));
    await openFromMenu();
    await expect(kiosk.heading(t('kept-drafts:first.title'))).toBeVisible();
    await kiosk.press(t('kept-drafts:first.anew'));
    await expect(kiosk.choice(course)).not.toBeChecked();
  }
  // Nothing was begun: asked again, and the latest goes on.
  await page.goto(page.url().replace(/#.*/, '#/'));
  await openFromMenu();
  await kiosk.press(t('kept-drafts:open.resume'));
  await expect(kiosk.choice('かっとびワイド')).toBeChecked();
  // What is under way is simply come back to.
  await page.goto(page.url().replace(/#.*/, '#/'));
  await openFromMenu();
  await expect(kiosk.choice('かっとびワイド')).toBeChecked();
});
