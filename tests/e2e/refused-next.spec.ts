import { FOR_CHILD, VOICE_SIM_ONLY } from '../builders/mobile-lines.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';
import { ProcedureWalk } from './procedure-walk.ts';

test.use({ sharesStack: true });

test('次へ that leads nowhere shows the first wrong answer, however far up it is', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  const { t } = kiosk;
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  const label = (question: string): string => t(`procedures:mobile.apply.labels.${question}`);
  const cards = (question: string) => page.getByRole('radiogroup', { name: label(question), exact: true });
  await walk.signIn('jiro');
  await walk.open('mobile.apply');
  await walk.fillSteps(
    'mobile.apply',
    { ...VOICE_SIM_ONLY, filtering: 'mobile.filtering', ...FOR_CHILD, contractorBornOn: '2030-01-01' },
    () => Promise.resolve(),
  );
  const bornOn = page.getByRole('textbox', { name: label('contractorBornOn'), exact: true });
  const said = page.getByText(t('typed:date-ahead'));
  for (const shown of [bornOn, page.getByText(label('contractorBornOn'), { exact: true }), said]) {
    await expect(shown).toBeInViewport({ ratio: 1 });
  }
  await expect(bornOn).toBeFocused();
  await expect(bornOn).toHaveAccessibleDescription(new RegExp(t('typed:date-ahead')));

  await bornOn.fill(FOR_CHILD['contractorBornOn'] ?? '');
  await kiosk.next();
  // Of cards that are wrong nothing is typed: no keys cover what is to be chosen.
  await expect(kiosk.heading(t('procedures:mobile.apply.steps.number.heading'))).toBeVisible();
  await kiosk.next();
  await expect(cards('numbering').getByText(t('wizard:missing'))).toBeInViewport({ ratio: 1 });
  await expect(cards('numbering').getByRole('radio').first()).toBeFocused();
  await expect(page.getByRole('region', { name: t('keyboard.keyboard') })).toHaveCount(0);
});
