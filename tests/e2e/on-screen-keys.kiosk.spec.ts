import { expect, test } from './fixtures.ts';
import { VOICE_LINE } from '../builders/mobile-lines.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

test.use({ sharesStack: true });

test('signing in with the keys on the screen alone', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const keys = page.getByRole('region', { name: kiosk.t('keyboard.keyboard') });
  const key = (name: string) => keys.getByRole('button', { name, exact: true });
  const type = async (text: string): Promise<void> => {
    for (const character of text) {
      const isUpper = character !== character.toLowerCase();
      if (isUpper) await key(kiosk.t('keyboard.shift')).tap();
      await key(character).tap();
    }
  };
  await page.getByLabel('iTSCOM ID').tap();
  await type('taroo');
  await key(kiosk.t('keyboard.backspace')).tap();
  await type('@example.jp');
  await expect(page.getByLabel('iTSCOM ID')).toHaveValue('taro@example.jp');
  await page.getByText('パスワードを表示').tap();
  await page.getByLabel('パスワード', { exact: true }).tap();
  await type('Counter2026');
  await expect(page.getByLabel('パスワード', { exact: true })).toHaveValue('Counter2026');
  // The button moves once the keys go away: not from under the finger.
  await expect(keys).toBeVisible();
  await kiosk.button('ログイン').tap();
  await expect(kiosk.heading('佐藤 太郎 様')).toBeVisible();
});

const ASKED_LATER = ['contractorBornOn', 'relation', 'numbering'];
const BEFORE_THE_USER = Object.fromEntries(
  Object.entries(VOICE_LINE).filter(([question]) => !ASKED_LATER.includes(question)),
);

// As the field's own hint shows it.
for (const { language, typed, eras, day } of [
  { language: 'ja', typed: ['昭和', ...Array.from('60年1月2日')], eras: 3, day: '1985年1月2日' },
  { language: 'en', typed: Array.from('1985-01-02'), eras: 0, day: '2 January 1985' },
] as const) {
  test(`a day of birth with the keys on the screen alone (${language})`, async ({ page, stack }) => {
    const kiosk = new Kiosk(page, stack, language);
    const walk = new ProcedureWalk(page, kiosk, () => undefined);
    await walk.signIn('jiro');
    await walk.open('mobile.apply');
    await walk.fillSteps('mobile.apply', BEFORE_THE_USER, () => Promise.resolve());
    const field = page.getByLabel(kiosk.t('procedures:mobile.apply.labels.contractorBornOn'));
    await field.tap();
    const keys = page.getByRole('region', { name: kiosk.t('keyboard.keyboard') });
    const key = (name: string) => keys.getByRole('button', { name, exact: true });
    await expect(keys.getByRole('button', { name: /昭和|平成|令和/ })).toHaveCount(eras);
    for (const text of typed) await key(text).tap();
    await expect(field).toHaveValue(typed.join(''));
    await expect(page.getByText(kiosk.t('typed:understood', { date: day }), { exact: true })).toBeVisible();
    const [eight, zero] = [await key('8').boundingBox(), await key('0').boundingBox()];
    expect(zero?.x).toBe(eight?.x);
  });
}
