import type { Page } from '@playwright/test';
import { PICTURE_KINDS, type PictureKind } from '../../shared/domain/identity-policy.ts';
import { type Needle, needlesOf, needlesOfBytes } from '../canaries/forms.ts';
import { phoneBrowser } from '../setup/phone-browser.ts';
import { expect } from './fixtures.ts';
import type { Kiosk } from './kiosk.ts';
import { phonePicture, showCode } from './phone-pictures.ts';

/** What a phone writes beside its pictures. */
const TAKEN_AT = 'GPS 35.6812N 139.7671E Kanaria';
const RUN_BYTES = 32;
const START_OF_IMAGE = Buffer.from([0xff, 0xd8, 0xff]);
const START_OF_SCAN = Buffer.from([0xff, 0xda]);

/** Has the customer's phone take the document. @returns how its pictures, and what stood in them, would be recognised */
export async function photographCanaries(page: Page, kiosk: Kiosk): Promise<{ needles: Needle[]; number: string }> {
  const { t } = kiosk;
  await showCode(kiosk);
  const address = await page.locator('.phone-link__address').innerText();
  const number = await page.locator('.phone-link__number').innerText();
  const phone = phoneBrowser(address);
  expect((await phone.claim(number)).status).toBe(303);
  const needles = needlesOf({ 'where it was taken': TAKEN_AT });
  for (const side of PICTURE_KINDS) {
    const picture = withExif(phonePicture(side).buffer);
    expect((await phone.send(side, picture)).status).toBe(200);
    needles.push(...needlesOfBytes(`picture, ${side}`, runOf(picture, side)));
  }
  await expect(page.getByText(t('capture:ready-text'))).toBeVisible({ timeout: 20_000 });
  return { needles, number };
}

/** What crosses from a page to the terminal in bytes, from now on. */
export function listen(page: Page): readonly Buffer[] {
  const sent: Buffer[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') sent.push(payload);
    });
  });
  return sent;
}

/** Has the kiosk's own camera take the front, and goes back to where the document's pictures are begun. */
export async function filmCanary(page: Page, kiosk: Kiosk, sent: readonly Buffer[]): Promise<Needle[]> {
  const { t } = kiosk;
  const licence = t('identity:document.drivers-licence');
  await kiosk.press(t('capture:begin'));
  await page.locator('label').filter({ hasText: licence }).click();
  await kiosk.press(t('capture:choose.begin'));
  await kiosk.button(t('capture:use')).click({ timeout: 20_000 });
  await expect(kiosk.heading(t('capture:title.thickness', { document: licence }))).toBeVisible();
  await kiosk.press(t('back'));
  await kiosk.press(t('back'));
  await expect(kiosk.heading(t('identity:title'))).toBeVisible();
  const picture = sent.find((payload) => payload.includes(START_OF_IMAGE) && payload.includes(START_OF_SCAN));
  if (picture === undefined) throw new Error('no picture crossed');
  return needlesOfBytes('picture, by the kiosk', runOf(picture.subarray(picture.indexOf(START_OF_IMAGE)), 'front'));
}

function withExif(jpeg: Buffer): Buffer {
  const content = Buffer.from(`Exif\0\0MM\0*\0\0\0\b\0\0${TAKEN_AT}`);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** A stretch of what the picture shows that is like nothing else. */
function runOf(jpeg: Buffer, side: PictureKind): Buffer {
  const from = jpeg.indexOf(START_OF_SCAN) + Math.floor(jpeg.length / 3);
  for (let at = from; at + RUN_BYTES < jpeg.length; at += 1) {
    const run = jpeg.subarray(at, at + RUN_BYTES);
    if (new Set(run).size > RUN_BYTES * 0.8) return run;
  }
  throw new Error(`nothing stands out in the ${side}`);
}
