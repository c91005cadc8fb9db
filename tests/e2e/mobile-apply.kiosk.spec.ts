import type { BrowserContext, Page } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expectAccessible } from './axe.ts';
import { type Flaw, FLAWS } from '../../shared/domain/frame/frame.ts';
import { ordersAtCentral } from './central.ts';
import { DOCUMENTS, test } from './camera.ts';
import { expect } from './fixtures.ts';
import { SIM_ONLY_LINE, VOICE_LINE } from '../builders/mobile-lines.ts';
import { Kiosk } from './kiosk.ts';
import { photographByPhone } from './phone-pictures.ts';
import { ProcedureWalk } from './procedure-walk.ts';
import type { Stack } from '../setup/stack.ts';

test('a mobile line is applied for at the kiosk, once staff have seen the document (p.85-96)', async ({
  page,
  context,
  stack,
  film,
}) => {
  test.setTimeout(180_000);
  film.show(...DOCUMENTS);
  await context.grantPermissions(['camera']);
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.signIn('jiro');
  await walk.fillIn('mobile.apply', VOICE_LINE, async (screen) => {
    if (!screen.endsWith('device')) return;
    await expectAccessible(page, screen);
    await expect(page.locator('label').filter({ hasText: 'オリーブ' })).toContainText(kiosk.t('choice:out-of-stock'));
    await kiosk.button(kiosk.t('prices:details')).click();
    const details = page.getByRole('dialog');
    await expect(details).toContainText('3,960円');
    await kiosk.button(kiosk.t('close')).click();
  });
  const main = page.getByRole('main');
  for (const said of ['8,657円', '12,617円', '3,733円', 'AQUOS wish(アイボリー)'])
    await expect(main).toContainText(said);
  // From a line of the total to its step, and straight back.
  await kiosk.button(`${kiosk.t('procedures:mobile.apply.labels.volume')} ${kiosk.t('wizard:review.revise')}`).click();
  await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.volume.heading'))).toBeVisible();
  await kiosk.next();
  await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
  await kiosk.next();

  await expect(kiosk.heading(kiosk.t('wizard:terms.title'))).toBeVisible();
  await expectAccessible(page, 'mobile.apply terms');
  await kiosk.acceptTerms();
  await kiosk.next();

  // Nobody is there yet: the customer calls, and nothing can be sent.
  await expect(kiosk.heading(kiosk.t('identity:title'))).toBeVisible();
  await expect(kiosk.button(kiosk.t('wizard:terms.submit'))).toHaveCount(0);
  await expectAccessible(page, 'mobile.apply identity');
  await photographAllSides(page, kiosk);
  await kiosk.button(kiosk.t('identity:begin')).click();
  // The document that was photographed is chosen already.
  await expect(page.getByRole('radio', { checked: true })).toHaveAccessibleName(
    new RegExp(kiosk.t('identity:document.drivers-licence')),
  );
  // Beside the ticks is what was photographed, for as long as they are looked at.
  await expect.poll(() => page.evaluate(PICTURES_TO_BE_SEEN)).toHaveLength(3);
  const pictures = z.array(z.string()).parse(await page.evaluate(PICTURES_TO_BE_SEEN));
  await kiosk.next();
  await expect(page.getByText(kiosk.t('identity:check.incomplete'))).toBeVisible();
  for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
  // A day that differs is told with what the application says, and staff at a kiosk can't pass over it.
  const onDocument = page.getByLabel(kiosk.t('identity:says.bornOn'));
  await onDocument.fill('昭和60年1月3日');
  await kiosk.next();
  await expect(page.getByText(kiosk.t('identity:differs.title'))).toBeVisible();
  await expect(main).toContainText('1985年1月2日');
  await expect(kiosk.button(kiosk.t('identity:differs.revise'))).toBeVisible();
  await expectAccessible(page, 'mobile.apply, what staff saw');
  await onDocument.fill('昭和60年1月2日');
  await kiosk.next();
  const pin = page.getByLabel(kiosk.t('staff:pin'));
  await expect(pin).toBeVisible();
  // What was typed off the document is there again for whoever looks once more.
  await kiosk.press(kiosk.t('back'));
  await expect(onDocument).toHaveValue('昭和60年1月2日');
  await expect.poll(() => page.evaluate(PICTURES_TO_BE_SEEN)).toHaveLength(3);
  pictures.push(...z.array(z.string()).parse(await page.evaluate(PICTURES_TO_BE_SEEN)));
  await kiosk.next();
  await expect(pin).toBeVisible();
  for (const address of pictures) expect(await page.evaluate(isGone(address))).toBe(true);
  await page.getByLabel(kiosk.t('staff:number')).fill('1001');
  await pin.fill('000000');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
  await expect(page.getByText(kiosk.t('staff:pin-problem.refused'))).toBeVisible();
  await pin.fill('248163');
  await kiosk.button(kiosk.t('identity:attest.submit')).click();
  await expect(page.getByText(kiosk.t('identity:done-text'))).toBeVisible();
  await kiosk.button(kiosk.t('wizard:terms.submit')).click();

  const number = await kiosk.receiptNumber();
  await expect(main).toContainText(kiosk.t('wizard:print.printed'));
  const [order] = await ordersAtCentral(stack, number);
  expect(order?.productOrderItem).toMatchObject([
    { action: 'add', productOffering: { id: 'mobile.voice-6gb' } },
    { action: 'add', productOffering: { id: 'mobile.call-10' } },
    { action: 'add', productOffering: { id: 'mobile.wish-ivory' } },
  ]);
  expect(order?.application?.identityChecks).toMatchObject([
    {
      ...{ person: 'contractor', evidence: 'picture', document: 'drivers-licence', staffNumber: '1001' },
      pictures: [{ side: 'front' }, { side: 'thickness' }, { side: 'back' }],
    },
  ]);
  expect(order?.application?.captures).toHaveLength(3);
  const slip = (await stack.receipts()).find(({ text }) => text.includes(number));
  for (const said of ['8,657円', '12,617円', '3,733円', 'AQUOS wish(アイボリー)']) {
    expect(slip?.text.replaceAll('\n', '')).toContain(said);
  }
  // もう一台: from the start, with nothing chosen, and the line on order counted.
  await kiosk.button(kiosk.t('procedures:mobile.apply.repeat')).click();
  await expect(kiosk.heading(kiosk.t('procedures:mobile.apply.steps.plan.heading'))).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('a document is photographed whatever comes between, and by whoever comes back to it', { tag: '@long' }, async ({
  page,
  context,
  stack,
  film,
}) => {
  test.setTimeout(300_000);
  film.show(...DOCUMENTS);
  const kiosk = new Kiosk(page, stack);
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await page.clock.install();
  await walk.signIn('jiro');
  await walk.reachIdentity('mobile.apply', SIM_ONLY_LINE);
  await photographLicence(page, context, kiosk);
  await timeOutAtCamera(page, stack, kiosk);
});

/** From the step of the identity check: the document is chosen, and taken as it lies there. */
async function photographAllSides(page: Page, kiosk: Kiosk): Promise<void> {
  await kiosk.press(kiosk.t('capture:begin'));
  // Nobody has to, and whoever changes their mind can.
  await kiosk.press(kiosk.t('capture:choose.skip'));
  await expect(kiosk.heading(kiosk.t('identity:title'))).toBeVisible();
  await expect(page.getByText(kiosk.t('capture:photographed'), { exact: true })).toHaveCount(0);
  await kiosk.press(kiosk.t('capture:begin'));
  const licence = kiosk.t('identity:document.drivers-licence');
  await page.locator('label').filter({ hasText: licence }).click();
  await kiosk.press(kiosk.t('capture:choose.begin'));
  for (const side of ['front', 'thickness', 'back']) {
    await expect(page.getByText(kiosk.t(`capture:side.${side}`, { document: licence }))).toBeVisible({
      timeout: 20_000,
    });
    await kiosk.press(kiosk.t('capture:use'));
  }
  // That road has a spec of its own.
  await kiosk.press(kiosk.t('capture:face.skip'));
  await expect(page.getByText(kiosk.t('capture:ready-text'))).toBeVisible();
  await expect(page.getByText(kiosk.t('capture:photographed'), { exact: true })).toHaveCount(1);
}

/** Whatever keeps a picture from being legible is said in words, and nothing of it can be used. */
async function photographLicence(page: Page, context: BrowserContext, kiosk: Kiosk): Promise<void> {
  const use = kiosk.button(kiosk.t('capture:use'));
  const again = kiosk.button(kiosk.t('capture:again'));
  const { said, announced } = await hearAll(page);
  await kiosk.button(kiosk.t('capture:begin')).click();
  const licence = kiosk.t('identity:document.drivers-licence');
  await page.locator('label').filter({ hasText: licence }).click();
  await expectAccessible(page, 'which document');
  await kiosk.button(kiosk.t('capture:choose.begin')).click();
  await expect(page.getByText(kiosk.t('capture:no-camera.denied'))).toBeVisible();
  await expectAccessible(page, 'camera denied');
  // The customer's phone takes them; in the end the camera does after all.
  await photographByPhone(page, context, kiosk);
  const anew = kiosk.button(kiosk.t('capture:anew', { person: kiosk.t('identity:person.contractor') }));
  await anew.click();
  await kiosk.button(kiosk.t('capture:choose.begin')).click();
  await expect(page.getByText(kiosk.t('capture:no-camera.denied'))).toBeVisible();
  await context.grantPermissions(['camera']);
  await kiosk.button(kiosk.t('capture:no-camera.again')).click();

  const none = page.getByRole('main').getByText(kiosk.t('capture:guidance.none'));
  await expect(none).toBeVisible();
  await expectAccessible(page, 'viewfinder');
  // Taken by hand while nothing is there: it is shown, and of no use. The film has gone on while axe looked.
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(none).toBeVisible();
    await kiosk.button(kiosk.t('capture:take')).click();
    await expect(kiosk.heading(kiosk.t('capture:review.refused'))).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(use).toHaveCount(0);
  await again.click();
  // Pulled out in the middle.
  await expect(kiosk.button(kiosk.t('capture:take'))).toBeEnabled();
  await page.evaluate(UNPLUG);
  await expect(page.getByText(kiosk.t('capture:no-camera.unplugged'))).toBeVisible();
  await kiosk.button(kiosk.t('capture:no-camera.again')).click();
  // What looks at its frames fails.
  await expect(kiosk.button(kiosk.t('capture:take'))).toBeEnabled();
  for (const worker of page.workers()) await worker.evaluate(NO_PICTURES);
  await kiosk.button(kiosk.t('capture:take')).click();
  await expect(page.getByText(kiosk.t('capture:no-camera.busy'))).toBeVisible();
  expect(await page.evaluate(CAMERAS_ON)).toBe(0);
  await kiosk.button(kiosk.t('capture:no-camera.again')).click();

  // A busy machine may have passed over one: the film begins anew.
  const takenOnceToldOf = (flaws: readonly Flaw[]): Promise<void> =>
    expect(async () => {
      await expect(use).toBeVisible({ timeout: 15_000 });
      if (flaws.every((flaw) => said().includes(kiosk.t(`capture:guidance.${flaw}`)))) return;
      await again.click();
      throw new Error(`heard ${said().join(' ')}`);
    }).toPass();
  const ofTilted: readonly Flaw[] = ['too-flat', 'too-steep', 'other-card'];
  const thickness = kiosk.heading(kiosk.t('capture:title.thickness', { document: licence }));
  await takenOnceToldOf(FLAWS.filter((flaw) => flaw !== 'same-side' && !ofTilted.includes(flaw)));
  await expectAccessible(page, 'picture that was taken');
  await use.click();
  await expect(thickness).toBeVisible();
  await takenOnceToldOf(ofTilted);
  await use.click();
  await expect(kiosk.heading(kiosk.t('capture:title.back', { document: licence }))).toBeVisible();
  await expect(use).toBeVisible({ timeout: 20_000 });
  expect(said()).toContain(kiosk.t('capture:guidance.same-side'));
  await use.click();
  await kiosk.press(kiosk.t('capture:face.skip'));
  await expect(page.getByText(kiosk.t('capture:ready-text'))).toBeVisible();
  // Taken anew, all of it, the document being chosen already.
  await anew.click();
  await kiosk.button(kiosk.t('capture:choose.begin')).click();
  await expect(kiosk.heading(kiosk.t('capture:title.front', { document: licence }))).toBeVisible();
  await expect(use).toBeVisible({ timeout: 20_000 });
  await use.click();
  await expect(thickness).toBeVisible();
  await expect(use).toBeVisible({ timeout: 20_000 });
  await use.click();
  await expect(kiosk.heading(kiosk.t('capture:title.back', { document: licence }))).toBeVisible();
  // Back in the middle: what was taken is there still.
  await kiosk.button(kiosk.t('back')).click();
  await kiosk.button(kiosk.t('back')).click();
  await kiosk.button(kiosk.t('capture:begin')).click();
  await kiosk.button(kiosk.t('capture:choose.begin')).click();
  await expect(kiosk.heading(kiosk.t('capture:title.back', { document: licence }))).toBeVisible();
  expect(announced().map(({ text }) => text)).toContain(kiosk.t('capture:guidance.found'));
  for (const { text, stoodMs } of announced()) expect(stoodMs, text).toBeGreaterThan(650);
}

/** Whoever goes away in the middle of it can have the answers kept; what was photographed is gone. */
async function timeOutAtCamera(page: Page, stack: Stack, kiosk: Kiosk): Promise<void> {
  const pictures = (): string[] => readdirSync(join(stack.terminalData, 'captures'));
  expect(pictures()).toHaveLength(2);
  await expect(page.locator('.capture__said')).not.toHaveText(kiosk.t('capture:opening'));
  // It is the back that the camera sees from time to time: it takes nothing of what it can't see.
  for (const worker of page.workers()) await worker.evaluate(BLIND);
  const keepAndEnd = kiosk.button(kiosk.t('kept-drafts:idle-keep'));
  await expect(async () => {
    await page.clock.runFor(4_000);
    // A camera that is waited for in vain is turned off: one that is looked at isn't.
    await page.evaluate(NEXT_FRAMES);
    await expect(keepAndEnd).toBeVisible({ timeout: 100 });
  }).toPass({ intervals: [0] });
  await expect(page.getByRole('alertdialog')).toContainText(kiosk.t('kept-drafts:idle-text'));
  expect(await page.evaluate(CAMERAS_ON)).toBe(1);
  await keepAndEnd.click();
  await expect(page.getByText(kiosk.t('demo-note'))).toBeVisible();
  expect(await page.evaluate(CAMERAS_ON)).toBe(0);
  await expect.poll(pictures).toEqual([]);
  for (const worker of page.workers()) await worker.evaluate(SEEING);

  await kiosk.begin();
  await kiosk.signIn('jiro');
  // The same procedure stands among those to begin.
  await page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: kiosk.t('kept-drafts:home.title') }) })
    .getByRole('button', { name: kiosk.t('procedures:mobile.apply.title') })
    .click();
  await kiosk.press(kiosk.t('kept-drafts:open.resume'));
  await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible();
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.next();
  await photographAllSides(page, kiosk);
}

interface Announced {
  readonly text: string;
  /** For how long it had been to be seen. */
  readonly stoodMs: number;
}

/** What stood below the camera's picture, in the order in which it came, and what of it was said aloud. */
async function hearAll(page: Page): Promise<{ said(): readonly string[]; announced(): readonly Announced[] }> {
  const said: string[] = [];
  const announced: Announced[] = [];
  await page.exposeFunction('hear', (text: string) => said.push(text));
  await page.exposeFunction('hearAloud', (one: Announced) => announced.push(one));
  await page.evaluate(TELL_WHAT_IS_SAID);
  return { said: () => said, announced: () => announced };
}

// As text: the page's own names are none of this program's.
const UNPLUG = `for (const track of document.querySelector('video').srcObject.getTracks()) {
  track.dispatchEvent(new Event('ended'));
}`;
const PICTURES_TO_BE_SEEN = `[...document.querySelectorAll('.capture__taken img')]
  .filter(({ naturalWidth }) => naturalWidth > 0)
  .map(({ src }) => src)`;
const isGone = (address: string): string => `new Promise((resolve) => {
  const picture = new Image();
  picture.onload = () => resolve(false);
  picture.onerror = () => resolve(true);
  picture.src = '${address}';
})`;
const NO_PICTURES = `OffscreenCanvas.prototype.convertToBlob = () => Promise.reject(new Error('no room'))`;
const CAMERAS_ON = `cameras.filter((track) => track.readyState === 'live').length`;
const BLIND = `globalThis.seePixels = OffscreenCanvasRenderingContext2D.prototype.getImageData;
OffscreenCanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(width, height)`;
const SEEING = `OffscreenCanvasRenderingContext2D.prototype.getImageData = seePixels`;
const NEXT_FRAMES = `(async () => {
  const video = document.querySelector('video');
  for (let frames = 0; frames < 3; frames += 1) await new Promise((seen) => video.requestVideoFrameCallback(seen));
})()`;
const TELL_WHAT_IS_SAID = `globalThis.cameras = [];
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wish) => {
  const stream = await open(wish);
  cameras.push(...stream.getTracks());
  return stream;
};
let standing = { text: null, since: 0 };
let aloud = [];
new MutationObserver(() => {
  const text = document.querySelector('.capture__said')?.textContent ?? null;
  if (text !== null) hear(text);
  if (text !== standing.text) standing = { text, since: performance.now() };
  const now = [...document.querySelectorAll('[role=status]')].map((region) => region.textContent);
  const isNew = now.includes(text) && !aloud.includes(text);
  aloud = now;
  if (isNew) hearAloud({ text, stoodMs: performance.now() - standing.since });
}).observe(document.body, { subtree: true, childList: true, characterData: true })`;
