import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { signInAs } from '../testing/mobile-lines.ts';

const LAST_MOMENT = Date.parse('2026-12-25T23:59:59.999+09:00');
const answers = { volume: 'mobile.data-6gb' };
let now = LAST_MOMENT;
let rig: CounterRig;
beforeAll(async () => {
  rig = await startCounter(() => now);
});
afterAll(() => rig.close());

/** Of the volume that 4 changes to, by the terminal's clock. */
async function shownQuote(sessionId: string) {
  const procedure = await loadProcedure('mobile.change-data');
  const { catalog } = await rig.client.catalog.get();
  const { facts } = await rig.client.session.view({ sessionId });
  const context = { catalog, facts, ...timesAt(now) };
  const quote = procedure.quote(context, answers);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return { quote: quote.value, terms: [...procedure.termsFor(context, answers)] };
}

it('asks anew who saw on the 25th from when the volume holds, and applied on the 26th (p.97)', async () => {
  const sessionId = await signInAs(rig, 'saburo');
  const applicationId = uuidv7();
  const submit = async ({ quote, terms: ids }: Awaited<ReturnType<typeof shownQuote>>) => {
    const terms = (await rig.client.terms.get({ ids, language: 'ja' })).map(({ id, version }) => ({ id, version }));
    return rig.client.applications.submit({
      ...{ sessionId, applicationId, procedureId: 'mobile.change-data', answers, language: 'ja' },
      ...{ shownQuote: quote, terms },
    });
  };
  const seen = await shownQuote(sessionId);
  expect(seen.quote.notices).toContainEqual({ id: 'volume-changes-on', date: '2027-01-01' });
  now += 1;
  const later = await shownQuote(sessionId);
  expect(later.quote.notices).toContainEqual({ id: 'volume-changes-on', date: '2027-02-01' });
  const changed = await submit(seen).then(
    () => null,
    (error: unknown) => error,
  );
  expect(changed).toMatchObject({ code: 'QUOTE_CHANGED', data: { quote: { notices: later.quote.notices } } });
  expect((await submit(later)).receiptNumber).toMatch(/^T01-261226-/);
});
