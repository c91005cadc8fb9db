import type { BrowserContext, Page } from '@playwright/test';
import type { PictureKind } from '../../shared/domain/identity-policy.ts';
import { drawScene } from '../builders/sample-document.ts';
import { expectAccessible } from './axe.ts';
import { expect } from './fixtures.ts';
import type { Kiosk } from './kiosk.ts';

const PHONE = { width: 390, height: 844 } as const;
/** 12 mm on a screen of that width, which is 65 mm. */
const TARGET = 72;

/** As a phone held upright takes it. */
export function phonePicture(side: PictureKind, blur = 0): { name: string; mimeType: string; buffer: Buffer } {
  const lying = { x: 0.5, y: 0.5, size: 0.8 };
  const tilt = { degrees: 45, about: 'long' } as const;
  const card = side === 'thickness' ? { ...lying, size: 0.72, tilt } : { ...lying, side };
  const scene = { width: 1200, height: 1600, cards: [card], ...(blur === 0 ? {} : { blur }) };
  return { name: `${side}.jpg`, mimeType: 'image/jpeg', buffer: drawScene(scene).toBuffer('image/jpeg', 90) };
}

/** A line without a device: the fewest questions. */
/** From the step of the identity check to the code. */
export async function showCode(kiosk: Kiosk): Promise<void> {
  const { page, t } = kiosk;
  await kiosk.press(t('phone:begin'));
  await chooseLicence(kiosk);
  await kiosk.press(t('phone:choose.begin'));
  await expect(page.getByRole('img', { name: t('phone:link.qr') })).toBeVisible();
}

export const chooseLicence = ({ page, t }: Kiosk): Promise<void> =>
  page
    .locator('label')
    .filter({ hasText: t('identity:document.drivers-licence') })
    .click();

/** Reads the code on the screen, as far as its number stands in the page's form. */
export async function readCode(context: BrowserContext, { page, t }: Kiosk): Promise<Page> {
  const address = await page.locator('.phone-link__address').innerText();
  const number = await page.locator('.phone-link__number').innerText();
  const phone = await context.newPage();
  await phone.setViewportSize(PHONE);
  await phone.goto(`${address}?lang=ja#${number.replaceAll(' ', '')}`);
  await expect(phone.getByLabel(t('phone-page:form.number'))).toHaveValue(number);
  expect(phone.url()).toBe(`${address}?lang=ja`);
  return phone;
}

/** From the choice of the document to both pictures being there: a bad one, a second phone, and two taps on the way. */
export async function photographByPhone(page: Page, context: BrowserContext, kiosk: Kiosk): Promise<void> {
  const { t } = kiosk;
  await kiosk.button(t('phone:begin')).click();
  await kiosk.button(t('phone:choose.begin')).click();
  await expect(page.getByText(t('wizard:missing'))).toBeVisible();
  await chooseLicence(kiosk);
  await expectAccessible(page, 'document for the phone');
  await kiosk.button(t('phone:choose.begin')).dblclick();
  await expect(kiosk.heading(t('phone:link.title'))).toBeVisible();
  await expect(page.getByRole('img', { name: t('phone:link.qr') })).toBeVisible();
  await expectAccessible(page, 'code for the phone');
  const phone = await readCode(context, kiosk);
  await expectAccessible(phone, 'number on the phone');
  await phone.getByRole('button', { name: t('phone-page:form.submit') }).click();
  const submit = phone.getByRole('button', { name: t('phone-page:submit') });
  await submit.click();
  await expect(phone.getByText(t('phone-page:missing'))).toHaveCount(3);
  const languages = await phone.getByRole('navigation').getByRole('link').all();
  expect(languages).toHaveLength(3);
  for (const target of [submit, ...(await phone.locator('.pick').all()), ...languages]) {
    const box = await target.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TARGET);
  }
  await expect(kiosk.heading(t('phone:opened.title'))).toBeVisible();
  await expectAccessible(page, 'while the phone takes pictures');
  await phone.locator('#front').setInputFiles(phonePicture('front', 9));
  await phone.locator('#back').setInputFiles(phonePicture('back'));
  await phone.locator('#thickness').setInputFiles(phonePicture('thickness'));
  await expect(phone.getByRole('img')).toHaveCount(3);
  await expectAccessible(phone, 'pictures on the phone');
  await submit.click();
  await expect(phone.getByText(t('phone-page:flaw.blurred'))).toBeVisible({ timeout: 20_000 });
  await expect(phone.locator('.kept:visible')).toHaveText(t('phone-page:kept'));
  await expectAccessible(phone, 'a bad picture on the phone');
  await expect(page.getByText(t('phone:opened.kept'))).toBeVisible();
  await phone.locator('#front').setInputFiles(phonePicture('front'));
  await phone.locator('#thickness').setInputFiles(phonePicture('thickness'));
  await submit.click();
  await expect(phone.getByRole('heading', { name: t('phone-page:done.title') })).toBeVisible({ timeout: 20_000 });
  await expectAccessible(phone, 'done on the phone');
  await phone.close();
  await expect(page.getByText(t('capture:ready-text'))).toBeVisible();
}
