import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIM_ONLY_LINE } from '../builders/mobile-lines.ts';
import type { Take } from '../builders/camera-film.ts';
import type { Person } from '../builders/sample-face.ts';
import { expectAccessible } from './axe.ts';
import { test } from './camera.ts';
import { ordersAtCentral } from './central.ts';
import { expect } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';
import { interfere } from './seam.ts';

const LICENCE = { x: 0.5, y: 0.5, size: 0.8, holder: 'aoi' } as const;
/** As the camera sees it until it is opened anew. */
const FRONT: Take = [{ cards: [LICENCE] }, 2];
const TILTED: Take = [{ cards: [{ ...LICENCE, size: 0.72, tilt: { degrees: 45, about: 'long' } }] }, 2];
const BACK: Take = [{ cards: [{ ...LICENCE, side: 'back' }] }, 2];
const before = (...persons: readonly Person[]): Take => leaning(0, ...persons);
/** @param leans in degrees, to the right of the camera's picture */
const leaning = (leans: number, ...persons: readonly Person[]): Take => [
  {
    ground: '#b9b3a6',
    cards: [],
    faces: persons.map((person, nth) => ({ person, x: (nth + 1) / (persons.length + 1), y: 0.45, size: 0.22, leans })),
  },
  2,
];

test.use({ clock: '2026-12-01T10:00:00+09:00' });

test('the holder’s face is compared with the document’s, as a hint to staff, or left out', { tag: '@long' }, async ({
  page,
  context,
  stack,
  film,
}) => {
  test.setTimeout(300_000);
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  const folder = join(stack.terminalData, 'captures');
  const pictures = (): number => readdirSync(folder).length;
  const use = kiosk.button(t('capture:use'));
  const licence = t('identity:document.drivers-licence');
  const photographDocument = async (next: Take, begin = 'capture:choose.begin'): Promise<void> => {
    film.show(FRONT);
    await kiosk.press(t(begin));
    for (const [side, after] of [
      ['front', TILTED],
      ['thickness', BACK],
      ['back', next],
    ] as const) {
      await expect(page.getByText(t(`capture:side.${side}`, { document: licence }))).toBeVisible({ timeout: 20_000 });
      film.show(after);
      await use.click();
    }
    await expect(kiosk.heading(t('capture:title.face'))).toBeVisible();
  };
  const takeFace = async (): Promise<void> => {
    await expect(page.locator('.capture__said')).toHaveText(t('capture:face.guidance.ready'));
    await kiosk.press(t('capture:face.take'));
    await expect(page.getByText(t('capture:face.look'))).toBeVisible();
  };
  const checkTilt = async (): Promise<void> => {
    await expect(page.locator('.capture__said')).toHaveText(t('capture:tilt.guidance.ready'));
    await kiosk.press(t('capture:face.take'));
    await expect(page.getByText(t('capture:tilt.look'))).toBeVisible();
  };
  await context.grantPermissions(['camera']);
  const refuseNext = await interfere(page);
  await walk.signIn('jiro');
  await page.evaluate(SECOND_CAMERA);
  await walk.reachIdentity('mobile.apply', SIM_ONLY_LINE);
  await kiosk.press(t('capture:begin'));
  await page.locator('label').filter({ hasText: licence }).click();
  await expect(page.getByText(t('capture:consent.face'))).toBeVisible();
  await test.step('nothing is taken by itself while something lies over the picture', async () => {
    film.show([{ cards: [] }, 40], [BACK[0], 80]);
    await kiosk.press(t('capture:choose.begin'));
    await kiosk.press(t('prices:details'));
    await expect(page.locator('.capture__said')).toHaveText(t('capture:guidance.found'), { timeout: 15_000 });
    await page.evaluate(TWO_SECONDS_OF_FRAMES);
    await expect(page.getByRole('dialog')).toBeVisible();
    await kiosk.press(t('close'));
    await expect(use).toBeVisible();
  });
  await test.step('the back that was laid down first is taken anew with all that is judged by it', async () => {
    film.show(TILTED);
    await use.click();
    await expect(page.locator('.capture__said')).toHaveText(t('capture:guidance.other-card'), { timeout: 15_000 });
    await expectAccessible(page, 'not the same card');
    refuseNext('/captures/discard', () => ({ refuse: 'INTERNAL_SERVER_ERROR' }));
    await kiosk.press(t('capture:restart'));
    await expect(page.getByText(t('capture:not-erased'))).toBeVisible();
  });
  await photographDocument(before('aoi', 'ken'), 'capture:restart');

  await test.step('somebody else in the picture, and another one than on the document', async () => {
    await expectAccessible(page, 'face');
    await kiosk.press(t('capture:switch-camera'));
    await expect.poll(() => page.evaluate('chosen')).toBe('second');
    await takeFace();
    await expectAccessible(page, 'face that was taken');
    await use.click();
    await expect(page.getByRole('main').getByText(t('capture:face.guidance.several-faces'))).toBeVisible({
      timeout: 20_000,
    });
    await expect(kiosk.button(t('capture:face.skip'))).toBeVisible();
    await expectAccessible(page, 'face that can’t be used');
    film.show(before('ken'));
    await kiosk.press(t('capture:again'));
    await takeFace();
    await use.click();
    await expect(kiosk.heading(t('capture:face.unlike.title'))).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page, 'face that looks otherwise');
    expect(pictures()).toBe(4);
  });

  await test.step('none at all: what was taken of it is gone', async () => {
    await kiosk.press(t('capture:again'));
    refuseNext('/captures/discardFace', () => ({ refuse: 'INTERNAL_SERVER_ERROR' }));
    await kiosk.press(t('capture:face.skip'));
    await expect(page.getByRole('main').getByText(t('capture:face.not-erased'))).toBeVisible();
    expect(pictures()).toBe(4);
    await expectAccessible(page, 'face that could not be erased');
    await kiosk.press(t('capture:face.skip'));
    await expect(page.getByText(t('capture:ready-text'))).toBeVisible();
    expect(pictures()).toBe(3);
    await kiosk.press(t('identity:begin'));
    await expect(page.locator('.capture__taken img')).toHaveCount(3);
    await expect(page.locator('.capture__likeness')).toHaveCount(0);
  });

  await test.step('staff’s entrance is opened and left: the camera is on once the terminal lets it', async () => {
    await kiosk.press(t('capture:again'));
    await photographDocument(before('aoi'));
    refuseNext('/captures/begin', () => ({ refuse: 'INTERNAL_SERVER_ERROR' }));
    await kiosk.press(t('call-staff'));
    await kiosk.press(t('call:unlock.way'));
    await expect(page.getByLabel(t('staff:number'))).toBeVisible();
    await page.evaluate('chosen = "none"');
    await kiosk.press(t('call:unlock.back'));
    await kiosk.press(t('call:dismiss'));
    await expect(page.getByText(t('capture:no-camera.denied'))).toBeVisible();
    expect(await page.evaluate('chosen')).toBe('none');
    await kiosk.press(t('capture:no-camera.again'));
    await takeFace();
  });

  await test.step('one that is damaged takes nothing else with it', async () => {
    const others = readdirSync(folder);
    await use.click();
    // What is under way is neither left nor taken anew.
    await expect(kiosk.button(t('back'))).toBeDisabled();
    await expect(kiosk.button(t('capture:again'))).toBeDisabled();
    await expect(page.locator('.capture__said')).toHaveText(t('capture:tilt.guidance.ready'), { timeout: 20_000 });
    await kiosk.press(t('capture:tilt.skip'));
    await expect(page.getByText(t('capture:ready-text'))).toBeVisible();
    const [face = ''] = readdirSync(folder).filter((name) => !others.includes(name));
    writeFileSync(join(folder, face), 'rotten');
    await kiosk.press(t('identity:begin'));
    await expect(page.locator('.capture__taken img')).toHaveCount(3);
    await expect(page.locator('.capture__taken')).toHaveCount(3);
    await expect(page.getByText(t('capture:taken.lost'))).toHaveCount(0);
    await expect(page.getByText(t('identity:seen.compared'))).toBeVisible();
  });

  await test.step('who goes back from it has the pictures of the document', async () => {
    await kiosk.press(t('capture:again'));
    await photographDocument(before('aoi'));
    await kiosk.press(t('back'));
    await expect(page.getByText(t('capture:ready-text'))).toBeVisible();
    expect(pictures()).toBe(3);
  });

  await test.step('the same one, which staff are told of', async () => {
    await kiosk.press(t('capture:anew', { person: t('identity:person.contractor') }));
    await photographDocument(before('aoi'));
    await takeFace();
    await use.click();
    const isToLeft = page.getByText(t('capture:tilt.lead-left'));
    await expect(isToLeft.or(page.getByText(t('capture:tilt.lead-right')))).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page, 'head to be tilted');
    film.show(leaning((await isToLeft.isVisible()) ? 20 : -20, 'aoi'));
    // The camera is on already, and sees the head as it was.
    await checkTilt();
    const check = kiosk.button(t('capture:tilt.use'));
    await check.click();
    await expect(page.getByRole('main').getByText(t('capture:tilt.guidance.not-tilted'))).toBeVisible({
      timeout: 20_000,
    });
    await expect(kiosk.button(t('capture:tilt.skip'))).toBeVisible();
    await expectAccessible(page, 'head that isn’t tilted');
    await kiosk.press(t('capture:again'));
    await checkTilt();
    await expectAccessible(page, 'tilted head');
    await check.click();
    await expect(page.getByText(t('capture:ready-text'))).toBeVisible({ timeout: 20_000 });
    // It was looked at, and isn't kept.
    expect(pictures()).toBe(4);
    await kiosk.press(t('identity:begin'));
    await expect(page.locator('.capture__taken img')).toHaveCount(4);
    await expect(page.getByText(t('capture:face.likeness.alike'))).toBeVisible();
    await expect(page.getByText(t('capture:tilt.seen'))).toBeVisible();
    await expectAccessible(page, 'what staff saw, with the face');
    for (const tick of await page.locator('.wizard-identity__ticks label').all()) await tick.click();
    await page.getByLabel(t('identity:says.bornOn')).fill('昭和60年1月2日');
    await kiosk.next();
    await page.getByLabel(t('staff:number')).fill('1001');
    await page.getByLabel(t('staff:pin')).fill('248163');
    await kiosk.press(t('identity:attest.submit'));
    await kiosk.submit();
    const [order] = await ordersAtCentral(stack, await kiosk.receiptNumber());
    expect(order?.application?.identityChecks).toMatchObject([
      {
        pictures: [{ side: 'front' }, { side: 'thickness' }, { side: 'back' }, { side: 'face' }],
        ...{ likeness: { outcome: 'alike' }, headTilt: true },
      },
    ]);
    expect(order?.state).not.toBe('held');
  });
});

const TWO_SECONDS_OF_FRAMES = `(async () => {
  const video = document.querySelector('video');
  for (let frames = 0; frames < 20; frames += 1) await new Promise((seen) => video.requestVideoFrameCallback(seen));
})()`;
/** A camera more than there is. Which of them was asked for: as text, since the page's own names are none of this program's. */
const SECOND_CAMERA = `globalThis.chosen = null;
const { mediaDevices } = navigator;
const [list, open] = [mediaDevices.enumerateDevices.bind(mediaDevices), mediaDevices.getUserMedia.bind(mediaDevices)];
mediaDevices.enumerateDevices = async () => [...(await list()), { kind: 'videoinput', deviceId: 'second' }];
mediaDevices.getUserMedia = async ({ video: { deviceId, ...video }, ...wish }) => {
  chosen = deviceId?.exact ?? null;
  return open({ ...wish, video });
};`;
