import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../../tests/builders/demo.ts';
import { offeringById } from '../../domain/catalog.ts';
import type { Contract, CustomerFacts } from '../../domain/contract.ts';
import { countAlike, type Quote } from '../../domain/quote.ts';
import { energyApply } from '../energy/apply.ts';
import { nhkApply } from '../other/apply-nhk.ts';
import type { Draft, Procedure } from '../procedure.ts';
import { homeAddDevices } from './add-devices.ts';
import { homeApply } from './apply.ts';
import { pushApply } from './apply-push.ts';

function quoteOf(procedure: Procedure, facts: CustomerFacts, draft: Draft): Quote {
  const quote = procedure.quote(contextOf(facts), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}
const added = (quote: Quote): unknown[] =>
  quote.kind === 'later'
    ? countAlike(quote.knownLines).map(({ line, count }) => [line.after?.offeringId, line.after?.yen, count])
    : [];
const has = (offeringId: string): Contract => {
  const { group, monthlyYen } = offeringById(realCatalog, offeringId);
  return contractOf(3, 'c3-tv', { id: `x-${offeringId}`, offeringId, group, monthlyYen });
};

describe('home.apply', () => {
  const draft = { gateway: 'rental', rented: 'home.controller=1,home.door-sensor=3', bought: '' };

  it('counts devices, each a product of its own, and leaves the total to be told (p.44)', () => {
    const quote = quoteOf(homeApply, demoFacts(1), draft);
    expect(quote).toMatchObject({ kind: 'later', reason: 'told-by-contact', currentTotalYen: 14_843, once: [] });
    expect(added(quote)).toEqual([
      ['home.service', 3_608, 1],
      ['home.gateway', 330, 1],
      ['home.controller', 770, 1],
      ['home.door-sensor', 220, 3],
    ]);
  });

  it('takes the price of what is bought once, and nothing for it a month', () => {
    const bought = { gateway: 'purchase', rented: '', bought: 'home.light=3' };
    const quote = quoteOf(homeApply, demoFacts(1), bought);
    expect(added(quote)).toEqual([
      ['home.service', 3_608, 1],
      ['home.gateway', 0, 1],
      ['home.light', 0, 3],
    ]);
    expect(quote.once).toEqual([
      { id: 'gateway-purchase', yen: 19_800, sample: true },
      { id: 'light-purchase', yen: 11_880, sample: false },
    ]);
    expect(quote.notices).toEqual([{ id: 'purchase-excludes-bundle' }]);
    expect(quoteOf(homeApply, demoFacts(3), bought).notices).toEqual([]);
  });

  it.each([
    ['home.speaker=1', [{ question: 'rented', problem: 'forbidden', rule: 'speaker-needs-controller' }]],
    ['home.speaker=1,home.controller=1', []],
    ['home.light=0', [{ question: 'rented', problem: 'malformed' }]],
    ['home.light=-1', [{ question: 'rented', problem: 'malformed' }]],
    ['home.light=11', [{ question: 'rented', problem: 'malformed' }]],
    ['home.light=1.5', [{ question: 'rented', problem: 'malformed' }]],
    ['home.light=1,home.light=2', [{ question: 'rented', problem: 'malformed' }]],
    ['home.gateway=1', [{ question: 'rented', problem: 'not-offered' }]],
  ])('judges %s', (rented, problems) => {
    expect(homeApply.problems(contextOf(demoFacts(6)), { gateway: 'rental', rented, bought: '' })).toEqual(problems);
  });

  it('lets only lights be bought (p.44)', () => {
    expect(homeApply.problems(contextOf(demoFacts(6)), { ...draft, bought: 'home.lock=1' })).toEqual([
      { question: 'bought', problem: 'not-offered' },
    ]);
  });
});

describe('home.add-devices', () => {
  it('asks for what the speaker needs unless the customer has it (p.46)', () => {
    const problems = (...also: Contract[]) =>
      homeAddDevices.problems(contextOf(demoFacts(6, also)), { rented: 'home.speaker=1', bought: '' });
    expect(problems(has('home.service'))).toMatchObject([{ rule: 'speaker-needs-controller' }]);
    expect(problems(has('home.service'), has('home.controller'))).toEqual([]);
  });

  it('wants at least one, and the service itself', () => {
    const facts = demoFacts(6, [has('home.service')]);
    expect(homeAddDevices.problems(contextOf(facts), { rented: '', bought: '' })).toMatchObject([
      { rule: 'nothing-chosen' },
    ]);
    expect(homeAddDevices.availability(contextOf(demoFacts(6)))).toMatchObject({ reason: 'no-home' });
    expect(homeApply.availability(contextOf(facts))).toMatchObject({ reason: 'has-home' });
  });
});

describe('push.apply', () => {
  it.each([
    ['nothing else', demoFacts(6), 1_045],
    ['electricity, which is another company’s', demoFacts(5), 1_045],
    ['another service', demoFacts(2), 1_265],
    ['a first unit already', demoFacts(6, [has('push.tv-push')]), 1_265],
  ])('costs by what else there is: %s (p.48)', (_what, facts, yen) => {
    const quote = quoteOf(pushApply, facts, { box: 'rental' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'told-by-contact' });
    expect(quote.kind === 'later' ? quote.knownLines.find(({ before }) => before === null)?.after?.yen : null).toBe(
      yen,
    );
    expect(quote.notices).toEqual(yen === 1_045 ? [{ id: 'push-alone', yen: 1_045 }] : []);
  });

  it('costs the full price where nobody knows what else there is', () => {
    const quote = quoteOf(pushApply, { kind: 'unknown', customerNumber: '1000000006' }, { box: 'rental' });
    expect(added(quote)).toEqual([['push.tv-push', 1_265, 1]]);
    expect(quote.notices).toEqual([]);
  });

  it('bought excludes the bundle discount (p.49)', () => {
    expect(quoteOf(pushApply, demoFacts(2), { box: 'purchase' })).toMatchObject({
      once: [{ id: 'ip-box-purchase', yen: 16_500, sample: true }],
      notices: [{ id: 'purchase-excludes-bundle' }],
    });
  });
});

describe('energy.apply', () => {
  it('asks the type of what is chosen only, and stays provisional (p.106)', () => {
    const context = contextOf(demoFacts(3));
    expect(energyApply.problems(context, { services: 'energy.gas' })).toEqual([
      { question: 'gasType', problem: 'missing' },
    ]);
    expect(energyApply.problems(context, { services: '' })).toMatchObject([{ rule: 'nothing-chosen' }]);
    const quote = quoteOf(energyApply, demoFacts(3), { services: 'energy.denki', electricityType: 'metered-b' });
    expect(quote).toMatchObject({
      ...{ kind: 'later', reason: 'provisional', feeStart: 'told-by-staff' },
      notices: [{ id: 'staff-calls-back' }, { id: 'electricity-discount-may-come' }],
    });
    expect(added(quote)).toEqual([['energy.denki', 0, 1]]);
  });

  it('does not offer what the customer has', () => {
    expect(energyApply.problems(contextOf(demoFacts(5)), { services: 'energy.denki', electricityType: 'ask' })).toEqual(
      [{ question: 'services', problem: 'not-offered' }],
    );
    const both = contextOf(demoFacts(5, [has('energy.gas')]));
    expect(energyApply.availability(both)).toMatchObject({ reason: 'has-energy' });
  });
});

describe('nhk.apply', () => {
  it('stands beside the monthly total, by its own period (p.107)', () => {
    const quote = quoteOf(nhkApply, demoFacts(3), { payment: 'nhk.6-months' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'form', feeStart: 'form-arrival', currentTotalYen: 8_657 });
    expect(quote.kind === 'later' ? quote.knownLines[0]?.after : null).toMatchObject({
      ...{ yen: 0, period: { months: 6, yen: 11_515 } },
    });
  });

  it('changes its period or ends for who has it, and is for customers with a service', () => {
    const payer = demoFacts(3, [has('nhk.2-months')]);
    expect(quoteOf(nhkApply, payer, { payment: 'end' }).notices).toEqual([{ id: 'nhk-form' }]);
    expect(nhkApply.problems(contextOf(payer), { payment: 'nhk.2-months' })).toHaveLength(1);
    // What was paid in advance is used up first; who pays through the operator receives it already (p.107).
    const notices = (facts: CustomerFacts, payment: string) =>
      quoteOf(nhkApply, facts, { payment }).notices.map(({ id }) => id);
    expect(notices(payer, 'nhk.12-months')).toEqual(['nhk-form']);
    expect(notices(demoFacts(3, [has('nhk.12-months')]), 'nhk.2-months')).toEqual(['nhk-form', 'nhk-paid-period']);
    expect(notices(demoFacts(3), 'nhk.2-months')).toEqual(['nhk-form', 'nhk-satellite', 'nhk-prepaid']);
    expect(nhkApply.problems(contextOf(demoFacts(3)), { payment: 'end' })).toHaveLength(1);
    expect(nhkApply.availability(contextOf(demoFacts(6)))).toMatchObject({ reason: 'no-service' });
  });
});
