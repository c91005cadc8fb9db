import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts } from '../../../tests/builders/demo.ts';
import type { CustomerFacts } from '../../domain/contract.ts';
import type { Quote } from '../../domain/quote.ts';
import { phoneApply } from '../phone/apply.ts';
import type { Draft, Procedure } from '../procedure.ts';
import { internetApply } from './apply.ts';
import { internetApplyOther } from './apply-other.ts';
import { internetChangeIpType } from './change-ip-type.ts';
import { internetChangeOther } from './change-other.ts';

function quoteOf(procedure: Procedure, facts: CustomerFacts, draft: Draft): Quote {
  const quote = procedure.quote(contextOf(facts), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}
const total = (procedure: Procedure, facts: CustomerFacts, draft: Draft): number | null => {
  const quote = quoteOf(procedure, facts, draft);
  return quote.kind === 'total' ? quote.newTotalYen : null;
};
const MEGA = { course: 'internet.mega160', modem: 'modem.standard', provision: 'rental' };

describe('internet.apply', () => {
  it('makes 6,490 of 0 for the customer of p.71, whose electricity discount comes with it', () => {
    expect(quoteOf(internetApply, demoFacts(5), MEGA)).toMatchObject({
      ...{ kind: 'total', currentTotalYen: 0, newTotalYen: 6_490, once: [] },
      notices: [{ id: 'electricity-discount-may-change' }],
    });
  });

  it.each([
    ['internet.mega160', 6_600],
    ['internet.wide', 5_060],
    ['internet.plus', 3_520 + 264],
    ['internet.just', 1_870 + 264],
  ])('charges the Wi-Fi modem with %s only where the course does not include it (p.71)', (course, yen) => {
    expect(total(internetApply, demoFacts(6), { course, modem: 'modem.wifi', provision: 'rental' })).toBe(yen);
  });

  it('asks its price by the new course, not by one that the customer has', () => {
    const quote = quoteOf(internetApply, demoFacts(1), { ...MEGA, course: 'internet.just', modem: 'modem.wifi' });
    expect(quote.kind === 'later' ? quote.knownLines.map(({ after }) => after?.yen) : []).toEqual([1_870, 264]);
  });

  it('says what buying costs, and to whom has a bundle that it excludes the discount', () => {
    const bought = { ...MEGA, provision: 'purchase' };
    expect(quoteOf(internetApply, demoFacts(6), bought)).toMatchObject({
      once: [{ id: 'modem-purchase', yen: 5_500, sample: true }],
      notices: [],
    });
    expect(quoteOf(internetApply, demoFacts(1), bought)).toMatchObject({
      ...{ kind: 'later', reason: 'told-by-contact', notices: [{ id: 'purchase-excludes-bundle' }] },
    });
  });

  it('offers only what reaches the address, and says so before anything is chosen', () => {
    const cable = ['internet.mega160', 'internet.wide', 'internet.plus', 'internet.just'];
    const without = (notAtAddress: string[]) => contextOf({ ...demoFacts(6), notAtAddress });
    expect(internetApply.availability(without(cable))).toEqual({ available: false, reason: 'nothing-at-address' });
    expect(internetApplyOther.availability(without(cable))).toEqual({ available: true });
    expect(internetApply.problems(without(['internet.mega160']), MEGA)).toEqual([
      { question: 'course', problem: 'not-offered' },
    ]);
  });

  it('does not take a second order while the first is on its way', () => {
    const ordered = contractOf(3, 'c3-net', { id: 'order:1:1', status: 'created', changePending: true });
    const context = contextOf(demoFacts(6, [ordered]));
    for (const procedure of [internetApply, internetApplyOther]) {
      expect(procedure.availability(context)).toEqual({ available: false, reason: 'change-pending' });
    }
  });
});

describe('the other courses', () => {
  it('make 1,386 of 0 for the customer of p.74', () => {
    expect(total(internetApplyOther, demoFacts(6), { course: 'internet.ftth-flets' })).toBe(1_386);
  });

  it('change like the first list: a total outside a bundle, told later inside one', () => {
    const course = 'internet.hikari-family-1g';
    expect(total(internetChangeOther, demoFacts(3), { course })).toBe(8_657 - 1_870 + 5_720);
    expect(quoteOf(internetChangeOther, demoFacts(1), { course })).toMatchObject({
      kind: 'later',
      notices: [{ id: 'bundle-recomposed' }, { id: 'bundle-penalty' }, { id: 'ip-type-kept' }],
    });
    expect(internetChangeOther.availability(contextOf(demoFacts(6)))).toMatchObject({ reason: 'no-internet-contract' });
  });
});

describe('internet.change-ip-type', () => {
  const facts = demoFacts(3, [contractOf(3, 'c3-net', { characteristics: { ipType: 'private' } })]);

  it('changes nothing but the type', () => {
    const quote = quoteOf(internetChangeIpType, facts, { ipType: 'global' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'told-by-contact', feeStart: 'told-by-staff' });
    expect(quote.kind === 'later' ? quote.knownLines : []).toMatchObject([
      {
        key: 'c3-net',
        before: { yen: 1_870, characteristics: { ipType: 'private' } },
        after: { yen: 1_870, characteristics: { ipType: 'global' } },
      },
    ]);
  });

  it('does not offer the present type, nor anything without the contract', () => {
    const context = contextOf(facts);
    expect(internetChangeIpType.problems(context, { ipType: 'private' })).toEqual([
      { question: 'ipType', problem: 'not-offered' },
    ]);
    const unknown = contextOf({ kind: 'unknown', customerNumber: '1000000003' });
    expect(internetChangeIpType.availability(unknown)).toEqual({ available: false, reason: 'needs-contracts' });
  });
});

describe('phone.apply', () => {
  it('makes 1,463 of 0 for the customer of p.103', () => {
    expect(quoteOf(phoneApply, demoFacts(6), {})).toMatchObject({
      ...{ kind: 'total', currentTotalYen: 0, newTotalYen: 1_463, feeStart: 'month-after-completion' },
    });
  });

  it('is for customers without it', () => {
    expect(phoneApply.availability(contextOf(demoFacts(3)))).toEqual({ available: false, reason: 'has-phone' });
    expect(phoneApply.availability(contextOf({ ...demoFacts(6), notAtAddress: ['phone.cable-plus'] }))).toEqual({
      ...{ available: false, reason: 'nothing-at-address' },
    });
  });
});
