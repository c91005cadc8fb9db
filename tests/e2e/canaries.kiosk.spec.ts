import { writeFilm } from '../builders/camera-film.ts';
import { SIM_ONLY_LINE } from '../builders/mobile-lines.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { prepareProfile, windowArguments } from '../../electron/browser-host/open-window.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { findChromium } from '../../tools/find-chromium.mjs';
import { isIn, type Needle, needlesOf } from '../canaries/forms.ts';
import { databasePlaces, filesUnder, type Place } from '../canaries/places.ts';
import type { Stack } from '../setup/stack.ts';
import { filmCanary, listen, photographCanaries } from './canary-pictures.ts';
import { expect, test } from './fixtures.ts';
import { attestIdentity } from './identity-at-kiosk.ts';
import { Kiosk } from './kiosk.ts';
import { mailedCode } from './mailed-code.ts';
import { ProcedureWalk } from './procedure-walk.ts';
import { acceptTerms } from './registration-steps.ts';

const CHOSEN = 'Kanaria%Eins1';
const NEXT = 'Kanaria+Zwei2';
const PIN = '248163';
const ANSWER = 'カナリア三世';
const MAIL = 'kanarienvogel@example.jp';

/** Of those who were here; central knows them, the terminal mustn't any more. */
const PERSONAL = {
  name: '佐藤',
  kana: 'サトウタロウ',
  'kana as typed': 'ｻﾄｳ ﾀﾛｳ',
  'half-width kana': 'ｻﾄｳﾀﾛｳ',
  phone: '0312345601',
  'phone as typed': '03-1234-5601',
  'new phone': '080-5550-7391',
  'new phone, digits': '08055507391',
  address: '見本町1-2-3',
  'customer number': '1000000001',
  'customer number of another': '1000000003',
  proof: 'BD0000001',
  ID: 'taro@example.jp',
  'ID of another': 'jiro@example.jp',
  mail: MAIL,
};

test('what was typed, shown and printed is nowhere once the session is over', async ({ stack }) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-canaries-'));
  const profile = join(folder, 'profile');
  prepareProfile(profile, stack.terminalUrl);
  const film = join(folder, 'film.y4m');
  writeFilm(film, 10, [[{ cards: [{ x: 0.5, y: 0.5, size: 0.8 }] }, 2]]);
  const browser = await chromium.launchPersistentContext(profile, {
    ...{ executablePath: findChromium() ?? '', ignoreDefaultArgs: true, headless: false },
    args: [
      ...['--headless=new', '--remote-debugging-pipe', ...windowArguments(profile, 'about:blank')],
      ...['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
    ],
    viewport: { width: 1080, height: 1920 },
  });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(10_000);
    const { secrets, receipt, pictures } = await visit(page, stack);
    await browser.close();
    const planted = [Buffer.from(`… ${CHOSEN}`, 'utf16le'), ...pictures.map(({ bytes }) => bytes)];
    writeFileSync(join(stack.temporary, 'planted'), gzipSync(Buffer.concat(planted)));

    const terminal = filesUnder(stack.terminalData);
    const temporary = filesUnder(stack.temporary);
    const left = filesUnder(profile);
    const logs = [{ where: 'logs', content: Buffer.from(stack.log()) }];
    const central = [...filesUnder(stack.centralData), ...(await databasePlaces(stack.databaseUrl))];
    // What may be there is found where it is: each search can see.
    const proofs: [readonly Place[], string | Needle, RegExp][] = [
      [terminal, receipt, /terminal\.sqlite3-wal$/m],
      [terminal, 'secret_print', /terminal\.sqlite3$/m],
      [terminal, '"level":30', /logs\//],
      [temporary, CHOSEN, /planted, unpacked/],
      ...pictures.map((needle): [readonly Place[], Needle, RegExp] => [temporary, needle, /planted, unpacked/]),
      [left, '#/procedures/video.reissue-password', /History/],
      [left, 'ヤマダタロウ', /Cache_Data/],
      [logs, CENTRAL_PATHS.passwordIssues, /logs/],
      [central, MAIL, /table/],
      [central, MAIL, /base/],
      [central, MAIL, /pg_wal/],
    ];
    const unseen = proofs.filter(([places, known, where]) => {
      return !where.test(found(places, typeof known === 'string' ? needlesOf({ known }) : [known]).join('\n'));
    });
    expect(unseen.map(([, known, where]) => [known, where.source])).toEqual([]);
    // Sealed, and waiting for central.
    expect(terminal.filter(({ where }) => where.includes('/captures/'))).toHaveLength(3);
    rmSync(join(stack.temporary, 'planted'));

    expect(Object.keys(secrets)).toHaveLength(13);
    expect(new Set(pictures.map(({ name }) => name)).size).toBe(5);
    const here = [...terminal, ...filesUnder(stack.temporary), ...left, ...logs];
    expect(found(here, [...needlesOf({ ...secrets, ...PERSONAL }), ...pictures])).toEqual([]);
    expect(found(central, pictures)).toEqual([]);
    // Central knows its customers, and what they chose by a hash; a demo's caught mails carry what was mailed.
    const isCaughtMail = ({ where }: Place): boolean => where.endsWith('.eml');
    const isMailed = ([name]: [string, string]): boolean => name === 'code' || name === 'link';
    const notMailed = Object.fromEntries(Object.entries(secrets).filter((secret) => !isMailed(secret)));
    expect(found(central.filter(isCaughtMail), needlesOf(notMailed))).toEqual([]);
    expect(
      found(
        central.filter((place) => !isCaughtMail(place)),
        needlesOf(secrets),
      ),
    ).toEqual([]);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const found = (places: readonly Place[], needles: readonly Needle[]): string[] =>
  places.flatMap(({ where, content }) =>
    needles.filter((needle) => isIn(content, needle)).map(({ name, form }) => `${name}, ${form}: ${where}`),
  );

interface Visited {
  readonly secrets: Record<string, string>;
  /** What it applied for. */
  readonly receipt: string;
  readonly pictures: readonly Needle[];
}

async function visit(page: Page, stack: Stack): Promise<Visited> {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const secrets: Record<string, string> = { CHOSEN, NEXT, PIN, ANSWER };
  const issued = page.getByText(/^[2-9A-HJ-NP-Za-z]{12}$/);
  const printed = page.getByText(t('secrets:printed.title'));
  const sent = listen(page);

  // A contractor who can't read mail here; the slip, and what it opens.
  await kiosk.open('#/procedures/account.register');
  await page.getByLabel(t('register:kana')).fill('ｻﾄｳ ﾀﾛｳ');
  await page.getByLabel(t('register:phone')).fill('03-1234-5601');
  await kiosk.press(t('next'));
  await page.getByText(t('register:proof.device.name')).first().click();
  await page.getByRole('textbox', { name: t('register:proof.device.name') }).fill('BD0000001');
  await kiosk.press(t('confirm'));
  await acceptTerms(page, kiosk);
  await kiosk.press(t('one-time:offer.button'));
  await page.getByRole('button', { name: t('one-time:issue.submit') }).click();
  await expect(kiosk.heading(t('one-time:shown.title'))).toBeVisible();
  const oneTime = await page.getByText(/^\d{4} \d{4} \d{4}$/).innerText();
  await kiosk.press(t('secrets:shown.print'));
  await expect(printed).toBeVisible({ timeout: 20_000 });
  await kiosk.press(t('finish'));
  await kiosk.open('#/sign-in');
  await page.getByRole('button', { name: t('one-time:entry.title') }).click();
  await page.getByLabel(t('one-time:password'), { exact: true }).fill(oneTime);
  await kiosk.press(t('next'));
  await page.getByLabel(t('sign-in:id'), { exact: true }).fill(MAIL);
  await page.getByLabel(t('register:account.password'), { exact: true }).fill(CHOSEN);
  await page.getByLabel(t('register:account.again'), { exact: true }).fill(CHOSEN);
  await kiosk.press(t('next'));
  const { code, link } = await mailedCode(stack.centralUrl, MAIL);
  await page.getByRole('textbox', { name: t('register:mail.code') }).fill(code);
  await kiosk.press(t('register:mail.submit'));
  await expect(kiosk.heading(t('register:contact.title'))).toBeVisible();
  await page.getByText(MAIL).click();
  await kiosk.next();
  await expect(kiosk.heading(t('register:done.title'))).toBeVisible();
  Object.assign(secrets, {
    'one-time password': oneTime.replaceAll(' ', ''),
    'one-time password, grouped': oneTime,
    code,
    ...(link === '' ? {} : { link: link.split('/').at(-1) ?? '' }),
  });
  await kiosk.press(t('register:done.sign-in'));

  // Its owner sees what is on record, and chooses another password.
  const field = (name: string) => page.getByLabel(t(`password-change:${name}`), { exact: true });
  await page.getByLabel(t('sign-in:id'), { exact: true }).fill(MAIL);
  await page.getByLabel(t('sign-in:password'), { exact: true }).fill(CHOSEN);
  await page.getByText(t('sign-in:show-password')).click();
  await kiosk.press(t('sign-in:submit'));
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/account.change-password`);
  await field('present').fill(CHOSEN);
  await field('next').fill(NEXT);
  await field('again').fill(NEXT);
  await kiosk.press('確認');
  await kiosk.press('変更');
  await expect(kiosk.heading(t('password-change:done-title'))).toBeVisible();
  await kiosk.press(t('finish'));

  // Passwords of accounts, one on paper and one not; another number to call, and where mail goes.
  await kiosk.open('#/procedures/customer.change-contact');
  await page.getByLabel(t('sign-in:id'), { exact: true }).fill(MAIL);
  await page.getByLabel(t('sign-in:password'), { exact: true }).fill(NEXT);
  await kiosk.press(t('sign-in:submit'));
  await page.getByRole('textbox', { name: t('customer-record:daytime-phone') }).fill('080-5550-7391');
  await kiosk.press(t('record-change:check'));
  await kiosk.press(t('record-change:submit'));
  await expect(kiosk.heading(t('record-change:done.contact'))).toBeVisible();
  for (const procedure of ['access-account.reissue-password', 'video.reissue-password']) {
    await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/${procedure}`);
    await page.getByRole('button', { name: /^(再)?発行$/ }).click();
    await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
    secrets[procedure] = await issued.innerText();
    if (procedure === 'video.reissue-password') break;
    await kiosk.press(t('secrets:shown.print'));
    await expect(printed).toBeVisible({ timeout: 20_000 });
  }
  await kiosk.press(t('secrets:shown.leave'));
  await kiosk.press(t('secrets:leaving.go'));

  // Somebody forgot a password, and says what they alone know.
  await kiosk.open('#/procedures/account.reset-password');
  await page.getByLabel(t('sign-in:id'), { exact: true }).fill('shichiro@example.jp');
  await kiosk.next();
  await kiosk.choose(t('reset-password:question.of.pet'));
  await page.getByLabel(t('reset-password:question.answer'), { exact: true }).fill(ANSWER);
  await kiosk.next();
  await expect(kiosk.heading(t('reset-password:code.title'))).toBeVisible();
  const reset = await mailedCode(stack.centralUrl, 'shichiro@example.jp');
  await page.getByRole('textbox', { name: t('register:mail.code') }).fill(reset.code);
  await kiosk.next();
  await kiosk.choose(t('reset-password:question.of.pet'));
  await page.getByLabel(t('reset-password:question.answer'), { exact: true }).fill(ANSWER);
  await kiosk.press(t('reset-password:answer.submit'));
  await expect(kiosk.heading(t('secrets:shown.title'))).toBeVisible();
  secrets['portal password'] = await issued.innerText();
  await kiosk.press(t('secrets:shown.print'));
  await expect(printed).toBeVisible({ timeout: 20_000 });
  await kiosk.press(t('finish'));

  // Staff look after the terminal.
  await kiosk.open();
  await kiosk.press(t('call-staff'));
  await kiosk.press(t('call:unlock.way'));
  await page.getByLabel(t('staff:number')).fill('1001');
  await page.getByLabel(t('staff:pin'), { exact: true }).fill(PIN);
  await kiosk.press(t('call:unlock.submit'));
  await expect(kiosk.heading(t('devices:title'))).toBeVisible();
  await kiosk.press(t('call:unlock.back'));

  // What was kept for another day, and what is applied for and waits for central.
  await kiosk.openSignedIn('jiro', '#/procedures/internet.change-course');
  await kiosk.choose('かっとびプラス');
  await kiosk.press(t('kept-drafts:keep'));
  await expect(kiosk.heading(t('kept-drafts:kept.title'))).toBeVisible();
  await kiosk.press(t('wizard:result.again'));
  await expect(kiosk.heading(/次郎/)).toBeVisible();

  // A document that the kiosk's camera began to take and the customer's phone took, as staff looked at it.
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await walk.reachIdentity('mobile.apply', SIM_ONLY_LINE);
  const filmed = await filmCanary(page, kiosk, sent);
  const { needles: sentByPhone, number } = await photographCanaries(page, kiosk);
  const pictures = [...filmed, ...sentByPhone];
  Object.assign(secrets, { 'phone’s number': number.replaceAll(' ', ''), 'phone’s number, grouped': number });
  await kiosk.press(t('identity:begin'));
  await expect.poll(() => page.evaluate(PICTURES_SEEN)).toBe(3);
  await kiosk.press(t('back'));
  await attestIdentity(page, kiosk, '昭和60年1月2日');
  await expect(page.getByText(t('identity:done-text'))).toBeVisible();
  await stack.killCentral();
  await kiosk.submit();
  await kiosk.receiptNumber();
  await page.goto(`${new URL(page.url()).origin}/?lang=ja#/procedures/internet.change-course`);
  await kiosk.press(t('kept-drafts:first.anew'));
  await kiosk.courseToReview('かっとびプラス');
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.submit();
  const receipt = await kiosk.receiptNumber();
  await kiosk.press(t('finish'));
  await expect(page.getByText(/いらっしゃいませ/)).toBeVisible();
  return { secrets, receipt, pictures };
}

// As text: the page's own names are none of this program's.
const PICTURES_SEEN = `[...document.querySelectorAll('.capture__taken img')].filter((one) => one.naturalWidth > 0).length`;
