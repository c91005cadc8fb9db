import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { realCatalog } from '../builders/demo.ts';
import { expectAccessible } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { interfere } from './seam.ts';
import { textsOf } from './texts.ts';

const COURSE = '#/procedures/internet.change-course';
const SUBMIT = '/applications/submit';

/** The state that stands, switched through the languages on the spot, looked at with axe in each. */
async function inEveryLanguage(
  page: Page,
  screen: string,
  key: string,
  values?: Record<string, string>,
): Promise<void> {
  await expect(page.getByText(textsOf('ja')(key, values), { exact: true }).first()).toBeVisible();
  let shown: Language = 'ja';
  for (const language of [...LANGUAGES.filter((one) => one !== 'ja'), 'ja'] as const) {
    await page
      .getByRole('banner')
      .getByRole('button', { name: textsOf(shown)('greeting:language') })
      .click();
    await page
      .getByRole('dialog')
      .locator('label')
      .filter({ hasText: textsOf(language)('greeting:language') })
      .click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText(textsOf(language)(key, values), { exact: true }).first()).toBeVisible();
    await expectAccessible(page, `${screen} (${language})`);
    shown = language;
  }
}

async function toSubmit(kiosk: Kiosk): Promise<void> {
  await kiosk.openSignedIn('jiro', COURSE);
  await kiosk.courseToReview('かっとびプラス');
  await kiosk.next();
  await kiosk.acceptTerms();
}

async function catalogFile(path: string, plus: { monthlyYen: number } | null): Promise<string> {
  const offerings = realCatalog.offerings.flatMap((one) => {
    if (one.id !== 'internet.plus') return [one];
    return plus === null ? [] : [{ ...one, ...plus }];
  });
  // What a later version sells no more is held for staff; what the customer's own version never had can't be taken.
  const version = plus === null ? realCatalog.version : '2026-12-01.1';
  await writeFile(path, JSON.stringify({ version, offerings }));
  return path;
}

test(
  'a price that changes before この内容で申込む is shown and asked for again',
  { tag: '@long' },
  async ({ page, stack }, testInfo) => {
    const kiosk = new Kiosk(page, stack);
    await toSubmit(kiosk);
    await stack.stopCentral();
    await expect(page.getByText(kiosk.t('offline.title')).first()).toBeVisible({ timeout: 20_000 });
    await stack.startCentral(await catalogFile(testInfo.outputPath('catalog.json'), { monthlyYen: 3_630 }));
    await expect(kiosk.heading(kiosk.t('wizard:review.title'))).toBeVisible({ timeout: 20_000 });
    await inEveryLanguage(page, 'quote changed', 'wizard:problem.quote-changed.title');
    await expect(page.getByRole('main')).toContainText('3,630');
    await kiosk.next();
    await expect(page.getByRole('checkbox')).not.toBeChecked();
    await expect(kiosk.button(kiosk.t('wizard:terms.submit'))).toBeDisabled();
    await page.getByText(kiosk.t('wizard:terms.accept'), { exact: true }).click();
    await kiosk.submit();
    await kiosk.receiptNumber();
    await expect(page.getByRole('main').getByText(kiosk.t('wizard:result.accepted.title'))).toBeVisible();
  },
);

// One walk for all: each refusal leaves the customer where the next one can be met.
test('what is refused at the end is said in every language, and the application can be sent all the same', {
  tag: '@long',
}, async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  const plan = await interfere(page);
  await toSubmit(kiosk);

  await test.step('a price that was tampered with is refused with the right one', async () => {
    plan(SUBMIT, (input) => ({
      send: { ...input, shownQuote: { ...Object(input['shownQuote']), newTotalYen: 1 } },
    }));
    await kiosk.submit();
    await expect(page.getByText(kiosk.t('wizard:problem.quote-changed.title'))).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('1円');
    await kiosk.next();
    await page.getByText(kiosk.t('wizard:terms.accept'), { exact: true }).click();
  });

  await test.step('terms that were not all read are asked for again', async () => {
    plan(SUBMIT, (input) => ({ send: { ...input, terms: [] } }));
    await kiosk.submit();
    await inEveryLanguage(page, 'terms incomplete', 'wizard:problem.terms-incomplete.title');
    await kiosk.acceptTerms();
  });

  for (const [code, key] of [
    ['DISK_FULL', 'disk-full'],
    ['NOT_READY', 'not-ready'],
  ] as const) {
    await test.step(`${code} says that nothing was taken, and leaves everything as it is`, async () => {
      plan(SUBMIT, () => ({ refuse: code }));
      await kiosk.submit();
      await inEveryLanguage(page, key, `wizard:problem.${key}.text`);
      await expect(page.getByRole('checkbox')).toBeChecked();
    });
  }

  await test.step('an answer that is not on offer leads back to the question', async () => {
    plan(SUBMIT, (input) => ({
      send: { ...input, answers: { ...Object(input['answers']), course: 'internet.gone' } },
    }));
    await kiosk.submit();
    await inEveryLanguage(page, 'invalid answers', 'wizard:problem.invalid-answers.title');
    await expect(kiosk.choice('かっとびプラス')).toBeChecked();
    await kiosk.courseToReview('かっとびプラス');
    await kiosk.next();
    await page.getByText(kiosk.t('wizard:terms.accept'), { exact: true }).click();
  });

  await kiosk.submit();
  await kiosk.receiptNumber();
});

test('a terminal that went away says so calmly on every screen and carries on', { tag: '@long' }, async ({
  page,
  stack,
}) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  await expect(kiosk.button(kiosk.t('sign-in:submit'))).toBeVisible();
  // Looked at once before: a page has every language soon after it stands, and none of it comes later from a dead terminal.
  await inEveryLanguage(page, 'sign-in', 'sign-in:title');
  await stack.killTerminal();
  await inEveryLanguage(page, 'terminal gone', 'link-lost.title');
});

test(
  'an application that central can never take is shown as rejected, with what to do',
  { tag: '@long' },
  async ({ page, stack }, testInfo) => {
    const kiosk = new Kiosk(page, stack);
    await toSubmit(kiosk);
    await stack.stopCentral();
    await kiosk.submit();
    await kiosk.receiptNumber();
    await stack.startCentral(await catalogFile(testInfo.outputPath('catalog.json'), null));
    await expect(kiosk.heading(kiosk.t('wizard:result.rejected-title'))).toBeVisible({ timeout: 20_000 });
    await inEveryLanguage(page, 'rejected', 'wizard:result.rejected-title');
  },
);

test('30 wrong passwords stop signing in at the terminal for a while', { tag: '@long' }, async ({ page, stack }) => {
  test.slow();
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const refused = page.getByRole('main').getByText(kiosk.t('sign-in:refused'));
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    await kiosk.signIn('goro', `wrong-${attempt}`);
    await expect(page.getByLabel(kiosk.t('sign-in:password'), { exact: true })).toHaveValue('');
    await expect(refused).toBeVisible();
  }
  await kiosk.signIn('taro');
  await inEveryLanguage(page, 'throttled', 'sign-in:throttled', { minutes: '5' });
});

test('the warning before the time is up can be read by everyone', { tag: '@long' }, async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await page.clock.install();
  await kiosk.openSignedIn('taro', '#/contracts');
  await expect(page.getByText('かっとびワイド').first()).toBeVisible();
  const warning = page.getByRole('alertdialog', { name: kiosk.t('idle.title') });
  await expect(async () => {
    await page.clock.runFor(5_000);
    await expect(warning).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [50] });
  await expectAccessible(page, 'idle warning');
});
