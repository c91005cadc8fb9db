import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { type Draft, type Procedure, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { SIM_ONLY_LINE } from '../../../tests/builders/mobile-lines.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { LICENCE, mobileLine, signInAs } from '../testing/mobile-lines.ts';

let rig: CounterRig;
beforeAll(async () => {
  rig = await startCounter();
  // Known here, for the tests in which central is away.
  await rig.signIn();
}, 120_000);
afterAll(() => rig.close());

async function seenBy(sessionId: string, procedure: Procedure) {
  const { catalog } = await rig.client.catalog.get();
  const { facts, fresh } = await rig.client.session.view({ sessionId });
  const context = { catalog, facts, ...timesAt(Date.now()) };
  return {
    fresh,
    contracts: contractsKnown(facts),
    availability: procedure.availability(context),
    quote: (answers: Draft): Quote => {
      const quote = procedure.quote(context, answers);
      if (!quote.ok) throw new Error(JSON.stringify(quote.error));
      return quote.value;
    },
  };
}

async function submit(sessionId: string, procedure: Procedure, answers: Draft, shownQuote: Quote) {
  const terms = await rig.client.terms.get({ ids: [...procedure.terms], language: 'ja' });
  return rig.client.applications.submit({
    ...{ sessionId, applicationId: uuidv7(), procedureId: procedure.id, answers, shownQuote, language: 'ja' },
    terms: terms.map(({ id, version }) => ({ id, version })),
  });
}

it('takes no second change of volume while the line is down, after central took the first', async () => {
  const procedure = await loadProcedure('mobile.change-data');
  const sessionId = await signInAs(rig, 'saburo');
  const seen = await seenBy(sessionId, procedure);
  const [first, second] = [{ volume: 'mobile.data-6gb' }, { volume: 'mobile.data-10gb' }];
  expect(await submit(sessionId, procedure, first, seen.quote(first))).toMatchObject({ state: 'accepted' });
  await rig.stopCentral();
  const changing = { available: false, reason: 'change-pending' };
  expect((await seenBy(sessionId, procedure)).availability).toEqual(changing);
  await expect(submit(sessionId, procedure, second, seen.quote(second))).rejects.toMatchObject({
    ...{ code: 'NOT_AVAILABLE', data: { reason: 'change-pending' } },
  });
  await rig.startCentral();
});

it('takes no sixth line while the line is down, counts each once when central tells of them', async () => {
  const answers = SIM_ONLY_LINE;
  const procedure = await loadProcedure('mobile.apply');
  const sessionId = await signInAs(rig, 'goro');
  const lines = async () => {
    const { fresh, contracts } = await seenBy(sessionId, procedure);
    return { fresh, count: contracts.filter(({ offeringId }) => offeringId === answers['volume']).length };
  };
  const apply = async (): Promise<void> => {
    const line = mobileLine(rig, sessionId, answers);
    await line.attest([LICENCE]);
    expect(await line.submit()).toMatchObject({ state: 'accepted' });
  };
  for (let line = 1; line < 5; line += 1) await apply();
  const seen = await seenBy(sessionId, procedure);
  await apply();
  await rig.stopCentral();
  expect(await lines()).toEqual({ fresh: false, count: 5 });
  expect((await seenBy(sessionId, procedure)).availability).toEqual({ available: false, reason: 'five-lines' });
  await expect(submit(sessionId, procedure, answers, seen.quote(answers))).rejects.toMatchObject({
    ...{ code: 'NOT_AVAILABLE', data: { reason: 'five-lines' } },
  });
  await rig.startCentral();
  expect(await lines()).toEqual({ fresh: true, count: 5 });
  await rig.stopCentral();
  expect(await lines()).toEqual({ fresh: false, count: 5 });
  await rig.startCentral();
});
