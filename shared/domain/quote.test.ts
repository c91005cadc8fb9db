import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractOf, demoFacts, realCatalog } from '../../tests/builders/demo.ts';
import { applyChanges, type Change, linesOf } from './changes.ts';
import type { Contract } from './contract.ts';
import { sumYen } from './money.ts';
import { monthlyTotalYen, quoteChanges } from './quote.ts';

function total(contracts: readonly Contract[], changes: readonly Change[]) {
  const quote = quoteChanges({
    catalog: realCatalog,
    contracts,
    changes,
    once: [],
    notices: [],
    later: null,
    feeStart: 'month-after-completion',
  });
  if (quote.kind !== 'total') throw new Error('expected a total');
  return quote;
}

describe('monthly totals of the demo customers', () => {
  it.each([
    [1, 14_843],
    [2, 5_183],
    [3, 8_657],
    [4, 9_207],
    [5, 0],
    [6, 0],
  ] as const)('customer %i pays %i', (customer, yen) => {
    expect(monthlyTotalYen(demoFacts(customer).contracts)).toBe(yen);
  });
});

describe('quoteChanges', () => {
  it('computes p.71: 0 to 6,490 for the 6,600 course, by the electricity discount', () => {
    const quote = total(demoFacts(5).contracts, [
      { action: 'add', offeringId: 'internet.mega160' },
      { action: 'add', offeringId: 'modem.standard', provision: 'rental' },
    ]);
    expect([quote.currentTotalYen, quote.newTotalYen]).toEqual([0, 6_490]);
    expect(quote.groups.map(({ group, afterYen }) => [group, afterYen])).toEqual([
      ['internet', 6_600],
      ['energy', 0],
      ['other-discount', -110],
    ]);
  });

  it('computes p.74 (1,386) and p.103 (1,463) for a customer without services', () => {
    expect(total([], [{ action: 'add', offeringId: 'internet.ftth-flets' }]).newTotalYen).toBe(1_386);
    expect(total([], [{ action: 'add', offeringId: 'phone.cable-plus' }]).newTotalYen).toBe(1_463);
  });

  it('ends a discount with the contract it hangs on', () => {
    const contracts = [
      contractOf(3, 'c3-net'),
      contractOf(5, 'c5-denki'),
      contractOf(3, 'c3-tbs1', {
        id: 'd',
        offeringId: 'discount.denki-guttowari',
        group: 'other-discount',
        monthlyYen: -110,
      }),
    ];
    expect(total(contracts, [{ action: 'delete', contractId: 'c5-denki' }])).toMatchObject({
      currentTotalYen: 1_760,
      newTotalYen: 1_870,
    });
  });

  it('gives a discount once, also where it is there already when its conditions come to hold', () => {
    const quote = total(demoFacts(5).contracts, [
      { action: 'add', offeringId: 'internet.mega160' },
      { action: 'add', offeringId: 'discount.denki-guttowari' },
    ]);
    expect(quote.newTotalYen).toBe(6_600 - 110);
    expect(quote.groups.find(({ group }) => group === 'other-discount')).toMatchObject({ afterYen: -110 });
  });

  it('keeps the price a customer has where nothing about that contract changes', () => {
    const contracts = [contractOf(3, 'c3-net', { monthlyYen: 1_500 }), contractOf(3, 'c3-phone')];
    expect(total(contracts, [{ action: 'delete', contractId: 'c3-phone' }]).newTotalYen).toBe(1_500);
  });

  describe('with two internet courses', () => {
    const contracts = [
      contractOf(3, 'c3-net'),
      contractOf(3, 'c3-modem'),
      contractOf(3, 'c3-net', { id: 'net-2', offeringId: 'internet.mega160', monthlyYen: 6_600 }),
      contractOf(3, 'c3-modem', { id: 'modem-2', monthlyYen: 0 }),
    ];
    const toPlus = { action: 'modify', contractId: 'c3-net', offeringId: 'internet.plus' } as const;
    const before = 1_870 + 264 + 6_600;

    it('leaves the modems as they are when one of the courses changes', () => {
      const quote = total(contracts, [toPlus]);
      expect([quote.currentTotalYen, quote.newTotalYen]).toEqual([before, before - 1_870 + 3_520]);
    });

    it('charges a modem that changes with a course by that course, whichever it is', () => {
      const wifi = (contractId: string) => ({ action: 'modify', contractId, offeringId: 'modem.wifi' }) as const;
      const standard = contracts.map((contract) =>
        contract.offeringId === 'modem.wifi' ? { ...contract, offeringId: 'modem.standard', monthlyYen: 0 } : contract,
      );
      expect(total(standard, [toPlus, wifi('c3-modem')]).newTotalYen).toBe(3_520 + 264 + 6_600);
      const toWide = { action: 'modify', contractId: 'net-2', offeringId: 'internet.wide' } as const;
      expect(total(standard, [toWide, wifi('modem-2')]).newTotalYen).toBe(1_870 + 5_060);
    });
  });

  it('leaves ended contracts out', () => {
    expect(monthlyTotalYen([contractOf(3, 'c3-net', { status: 'terminated' })])).toBe(0);
  });

  const offeringId = fc.constantFrom(...realCatalog.offerings.map((offering) => offering.id));
  const contract = fc
    .record({ offeringId, yen: fc.integer({ min: -5_000, max: 20_000 }) })
    .map(
      ({ offeringId: id, yen }): Contract =>
        contractOf(3, 'c3-net', { id: `p-${id}`, offeringId: id, monthlyYen: yen }),
    );
  const contractsArbitrary = fc.uniqueArray(contract, { selector: (one) => one.id, maxLength: 12 });
  const changesFor = (contracts: readonly Contract[]): fc.Arbitrary<Change[]> => {
    const add = offeringId.map((id): Change => ({ action: 'add', offeringId: id }));
    if (contracts.length === 0) return fc.uniqueArray(add, { selector: JSON.stringify, maxLength: 4 });
    const ids = fc.constantFrom(...contracts.map((one) => one.id));
    const modify = fc
      .tuple(ids, offeringId)
      .map(([contractId, id]): Change => ({ action: 'modify', contractId, offeringId: id }));
    const remove = ids.map((contractId): Change => ({ action: 'delete', contractId }));
    return fc.uniqueArray(fc.oneof(add, modify, remove), { selector: JSON.stringify, maxLength: 5 });
  };

  it('always adds up: groups, lines and totals agree, and no change means no difference', () => {
    fc.assert(
      fc.property(
        contractsArbitrary.chain((contracts) => fc.tuple(fc.constant(contracts), changesFor(contracts))),
        ([contracts, changes]) => {
          const quote = total(contracts, changes);
          expect(sumYen(quote.groups.map((group) => group.beforeYen))).toBe(quote.currentTotalYen);
          expect(sumYen(quote.groups.map((group) => group.afterYen))).toBe(quote.newTotalYen);
          expect(quote.newTotalYen).toBe(
            sumYen(applyChanges(realCatalog, contracts, changes).map((line) => line.monthlyYen)),
          );
          expect(applyChanges(realCatalog, contracts, [])).toEqual(linesOf(contracts));
        },
      ),
    );
  });
});
