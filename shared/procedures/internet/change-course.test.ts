import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog, TODAY } from '../../../tests/builders/demo.ts';
import { type Catalog, catalogSchema } from '../../domain/catalog.ts';
import type { Contract, CustomerFacts } from '../../domain/contract.ts';
import type { Quote } from '../../domain/quote.ts';
import { optionsOf } from '../asked.ts';
import { keepValid } from '../keep-valid.ts';
import type { Draft } from '../procedure.ts';
import { internetChangeCourse } from './change-course.ts';

const UNCHANGED = { modem: 'unchanged', provision: 'unchanged' };

function quoteFor(facts: CustomerFacts, draft: Draft, catalog: Catalog = realCatalog, today = TODAY): Quote {
  const quote = internetChangeCourse.quote(contextOf(facts, { catalog, today }), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}

describe('internet.change-course outside a bundle', () => {
  it.each([
    ['internet.mega160', 13_123],
    ['internet.wide', 11_583],
    ['internet.plus', 10_307],
  ])('gives a total for %s: from 8,657 to %i (customer 3)', (course, total) => {
    expect(quoteFor(demoFacts(3), { course, ...UNCHANGED })).toMatchObject({
      kind: 'total',
      currentTotalYen: 8_657,
      newTotalYen: total,
      notices: [{ id: 'ip-type-kept' }],
      once: [],
    });
  });

  it('drops the fee of the Wi-Fi modem when a modem without Wi-Fi is chosen', () => {
    expect(
      quoteFor(demoFacts(3), { course: 'internet.plus', modem: 'modem.standard', provision: 'rental' }),
    ).toMatchObject({
      newTotalYen: 8_657 - 1_870 + 3_520 - 264,
    });
  });

  it('sells nobody the modem that is theirs already', () => {
    const context = contextOf(demoFacts(3, [contractOf(3, 'c3-modem', { provision: 'purchase' })]));
    const answers = { course: 'internet.plus', provision: 'purchase' };
    for (const modem of ['unchanged', 'modem.wifi']) {
      expect(internetChangeCourse.problems(context, { ...answers, modem })).toEqual([
        { question: 'provision', problem: 'not-offered' },
      ]);
    }
    expect(internetChangeCourse.problems(context, { ...answers, modem: 'modem.standard' })).toEqual([]);
  });

  it('gives who owns a modem another one rented or bought, not as it is', () => {
    const context = contextOf(demoFacts(3, [contractOf(3, 'c3-modem', { provision: 'purchase' })]));
    const answers = { course: 'internet.plus', modem: 'modem.standard' };
    expect(internetChangeCourse.problems(context, { ...answers, provision: 'unchanged' })).toEqual([
      { question: 'provision', problem: 'not-offered' },
    ]);
    expect(internetChangeCourse.problems(context, { ...answers, provision: 'rental' })).toEqual([]);
    const keepsOwn = { ...answers, modem: 'modem.wifi', provision: 'unchanged' };
    expect(internetChangeCourse.problems(context, keepsOwn)).toEqual([]);
    expect(internetChangeCourse.problems(contextOf(demoFacts(3)), { ...answers, provision: 'unchanged' })).toEqual([]);
  });

  it.each([
    ['nothing is known of', { kind: 'unknown', customerNumber: '1000000003' }],
    ['the inventory has none of', demoFacts(6, [contractOf(3, 'c3-net')])],
  ] as const)('rents or sells only a modem that is chosen where %s the customer’s', (_why, facts) => {
    const found = (modem: string, provision: string) =>
      internetChangeCourse.problems(contextOf(facts), { course: 'internet.plus', modem, provision });
    const refused = [{ question: 'provision', problem: 'not-offered' }];
    expect(found('unchanged', 'unchanged')).toEqual([]);
    expect(found('unchanged', 'purchase')).toEqual(refused);
    expect(found('unchanged', 'rental')).toEqual(refused);
    expect(found('modem.wifi', 'unchanged')).toEqual(refused);
    expect(found('modem.wifi', 'purchase')).toEqual([]);
  });

  it('wants a modem chosen by who comes from another line without one, and by nobody else', () => {
    const flets = demoFacts(6, [contractOf(3, 'c3-net', { offeringId: 'internet.ftth-flets' })]);
    const context = contextOf(flets);
    const course = 'internet.plus';
    expect(internetChangeCourse.problems(context, { course, ...UNCHANGED })).toEqual([
      { question: 'modem', problem: 'not-offered' },
      { question: 'provision', problem: 'not-offered' },
    ]);
    const draft = { course, modem: 'modem.standard', provision: 'rental' };
    const lines = quoteFor(flets, draft);
    expect(lines.kind === 'total' ? lines.groups.flatMap((group) => group.lines) : []).toMatchObject([
      { key: 'c3-net', after: { offeringId: course } },
      { key: 'new:modem.standard', after: { provision: 'rental' } },
    ]);
    // Told at the step itself: nothing that was chosen is lost.
    expect(keepValid(internetChangeCourse, context, { course, ...UNCHANGED }).dropped).toEqual([]);
    expect(internetChangeCourse.problems(contextOf(demoFacts(1)), { course, ...UNCHANGED })).toEqual([]);
  });

  it('charges a bought modem once, as a sample price', () => {
    expect(
      quoteFor(demoFacts(3), { course: 'internet.plus', modem: 'modem.wifi', provision: 'purchase' }).once,
    ).toEqual([{ id: 'modem-purchase', yen: 9_900, sample: true }]);
  });

  it('offers the present course too, and says that it is the present one (p.76)', () => {
    const options = optionsOf(internetChangeCourse.steps, 'course', contextOf(demoFacts(3)), {});
    expect(
      options.map(({ value, price, details }) => [value, price?.yen, details.some(({ id }) => id === 'present')]),
    ).toEqual([
      ['internet.mega160', 6_600, false],
      ['internet.wide', 5_060, false],
      ['internet.plus', 3_520, false],
      ['internet.just', 1_870, true],
    ]);
  });
});

describe('the modem alone (p.76-77)', () => {
  const course = 'internet.just';
  const nothing = [{ question: 'modem', problem: 'forbidden', rule: 'nothing-changes' }];

  it('is changed with the present course, which costs what it cost', () => {
    const quote = quoteFor(demoFacts(3), { course, modem: 'modem.standard', provision: 'unchanged' });
    expect(quote).toMatchObject({ kind: 'total', newTotalYen: 8_657 - 264, once: [], notices: [] });
    const changes = internetChangeCourse.changes(contextOf(demoFacts(3)), {
      ...{ course, modem: 'modem.standard', provision: 'unchanged' },
    });
    expect(changes).toEqual({
      ok: true,
      value: [{ action: 'modify', contractId: 'c3-modem', offeringId: 'modem.standard' }],
    });
  });

  it('leaves the bundle and a 2-year course as they are', () => {
    const quote = quoteFor(demoFacts(1), { course: 'internet.wide', modem: 'modem.standard', provision: 'rental' });
    expect(quote).toMatchObject({ kind: 'total', currentTotalYen: 14_843, newTotalYen: 14_843, notices: [] });
    const bought = quoteFor(demoFacts(1), { course: 'internet.wide', modem: 'unchanged', provision: 'purchase' });
    expect(bought).toMatchObject({ kind: 'later', reason: 'told-by-contact' });
    expect(bought.notices).toEqual([{ id: 'purchase-excludes-bundle' }]);
  });

  it.each([
    ['unchanged', 'unchanged'],
    ['modem.wifi', 'unchanged'],
    ['unchanged', 'rental'],
    ['modem.wifi', 'rental'],
  ])('is refused where nothing at all changes: %s, %s', (modem, provision) => {
    expect(internetChangeCourse.problems(contextOf(demoFacts(3)), { course, modem, provision })).toEqual(nothing);
    const other = { course: 'internet.plus', modem, provision };
    expect(internetChangeCourse.problems(contextOf(demoFacts(3)), other)).toEqual([]);
  });

  it('can be added by who has none', () => {
    const facts = demoFacts(6, [contractOf(3, 'c3-net')]);
    const draft = { course, modem: 'modem.wifi', provision: 'rental' };
    expect(internetChangeCourse.changes(contextOf(facts), draft)).toMatchObject({
      ok: true,
      value: [{ action: 'add', offeringId: 'modem.wifi' }],
    });
    expect(internetChangeCourse.problems(contextOf(facts), { course, ...UNCHANGED })).toEqual(nothing);
  });
});

describe('with a further line', () => {
  const mega = contractOf(3, 'c3-net', { id: 'second', offeringId: 'internet.mega160', monthlyYen: 6_600 });
  const facts = demoFacts(3, [mega]);

  it('leaves to be told what a modem costs that may go with either (p.71)', () => {
    const to = (course: string) => quoteFor(facts, { contract: 'second', course, ...UNCHANGED });
    expect(to('internet.plus')).toMatchObject({ kind: 'later', reason: 'told-by-contact' });
    // Free with both.
    expect(to('internet.wide')).toMatchObject({ kind: 'total', newTotalYen: 8_657 + 5_060 });
    const without = demoFacts(6, [contractOf(3, 'c3-net'), mega]);
    expect(quoteFor(without, { contract: 'second', course: 'internet.plus', ...UNCHANGED }).kind).toBe('total');
  });

  it('leaves the choice of a modem to staff', () => {
    const offered = (question: string) =>
      optionsOf(internetChangeCourse.steps, question, contextOf(facts), { contract: 'second', modem: 'unchanged' });
    expect(offered('modem').map(({ disabled }) => disabled)).toEqual([null, 'ask-staff', 'ask-staff']);
    expect(offered('provision').map(({ disabled }) => disabled)).toEqual([null, 'ask-staff', 'ask-staff']);
  });
});

describe('with two lines and no modem yet (p.71)', () => {
  const wide = contractOf(3, 'c3-net', { id: 'second', offeringId: 'internet.wide', monthlyYen: 5_060 });
  const just = contractOf(3, 'c3-net');

  it.each([
    ['c3-net', 'internet.just', 'first', [wide, just]],
    ['second', 'internet.wide', 'first', [just, wide]],
    ['c3-net', 'internet.just', 'last', [just, wide]],
  ])(
    'leaves a modem for %s with its present course %s to staff (the other stands %s)',
    (contract, course, _where, own) => {
      const context = contextOf(demoFacts(6, own));
      const draft = { contract, course, modem: 'modem.wifi', provision: 'rental' };
      expect(internetChangeCourse.problems(context, draft)).toContainEqual({
        question: 'modem',
        problem: 'not-offered',
      });
    },
  );

  it.each([
    ['c3-net', 'internet.plus', 264],
    ['c3-net', 'internet.mega160', 0],
    ['second', 'internet.plus', 264],
    ['second', 'internet.mega160', 0],
  ])(
    'prices one that comes with a change of %s to %s by that course: %i yen, as on its card',
    (contract, course, yen) => {
      for (const own of [
        [wide, just],
        [just, wide],
      ]) {
        const context = contextOf(demoFacts(6, own));
        const draft = { contract, course, modem: 'modem.wifi', provision: 'rental' };
        const quote = internetChangeCourse.quote(context, draft);
        const lines =
          quote.ok && quote.value.kind === 'total' ? quote.value.groups.flatMap((group) => group.lines) : [];
        expect(lines.find(({ after }) => after?.offeringId === 'modem.wifi')?.after?.yen).toBe(yen);
        const card = optionsOf(internetChangeCourse.steps, 'modem', context, draft).find(
          ({ value }) => value === 'modem.wifi',
        );
        expect(card?.price?.yen).toBe(yen);
      }
    },
  );
});

describe('internet.change-course inside a bundle', () => {
  it('leaves the new total to be told later and invents no discount or penalty (customer 1, p.77-78)', () => {
    const quote = quoteFor(demoFacts(1), { course: 'internet.mega160', ...UNCHANGED });
    expect(quote).toMatchObject({ kind: 'later', reason: 'bundle-recomposed', currentTotalYen: 14_843, once: [] });
    expect(quote.kind === 'later' ? quote.knownLines : []).toEqual([
      {
        key: 'c1-net',
        group: 'internet',
        before: { offeringId: 'internet.wide', yen: 5_060, provision: null },
        after: { offeringId: 'internet.mega160', yen: 6_600, provision: null },
      },
    ]);
    expect(quote.notices.map((notice) => notice.id)).toEqual(['bundle-recomposed', 'bundle-penalty', 'ip-type-kept']);
  });

  it('says that buying the modem ends the bundle discount', () => {
    const quote = quoteFor(demoFacts(1), { course: 'internet.mega160', modem: 'unchanged', provision: 'purchase' });
    expect(quote.notices).toContainEqual({ id: 'purchase-excludes-bundle' });
  });
});

describe('notices go to those they concern and to nobody else', () => {
  const extra = (id: string, offeringId: string): Contract =>
    contractOf(3, 'c3-tbs1', { id, offeringId, group: 'other-discount', monthlyYen: 0 });

  it('auスマートバリュー ends except with メガ160 and ワイド (p.77)', () => {
    const facts = demoFacts(3, [extra('x-smart', 'discount.au-smart-value')]);
    const lost = (course: string): boolean =>
      quoteFor(facts, { course, ...UNCHANGED }).notices.some((notice) => notice.id === 'smart-value-lost');
    expect(['internet.mega160', 'internet.wide', 'internet.plus'].map(lost)).toEqual([false, false, true]);
  });

  it('電気ぐっと割 may change its amount', () => {
    const facts = demoFacts(3, [extra('x-denki', 'discount.denki-guttowari'), contractOf(5, 'c5-denki')]);
    expect(quoteFor(facts, { course: 'internet.plus', ...UNCHANGED }).notices).toContainEqual({
      id: 'electricity-discount-may-change',
    });
  });
});

describe('2-year courses (p.77)', () => {
  const catalog = withTwoYearCourses();
  const bound = (startsOn: string): CustomerFacts =>
    demoFacts(3, [
      contractOf(3, 'c3-net', { offeringId: 'internet.wide-2y', monthlyYen: 4_510, term: { startsOn, months: 24 } }),
    ]);

  it.each([
    ['24th month, last day', '2024-12-01', 4_510],
    ['renewal month', '2024-11-01', null],
    ['month after', '2024-10-01', null],
    ['second month after', '2024-09-01', null],
    ['third month after', '2024-08-01', 4_510],
    ['renewed once, renewal month again', '2022-11-01', null],
    ['first month', '2026-11-01', 4_510],
  ])('leaving in the %s costs %s', (_when, startsOn, yen) => {
    const quote = quoteFor(bound(startsOn), { course: 'internet.plus', ...UNCHANGED }, catalog, '2026-11-30');
    expect(quote.once).toEqual(yen === null ? [] : [{ id: 'two-year-fee', yen, sample: false }]);
    expect(quote.notices.some((notice) => notice.id === 'two-year-fee')).toBe(yen !== null);
  });

  it('changing among them costs nothing, and the term restarts', () => {
    const quote = quoteFor(bound('2025-11-01'), { course: 'internet.plus-2y', ...UNCHANGED }, catalog);
    expect(quote.once).toEqual([]);
    expect(quote.notices).toContainEqual({ id: 'two-year-restart' });
  });

  it('entering one is told with the fee that leaving would cost', () => {
    const quote = quoteFor(demoFacts(3), { course: 'internet.plus-2y', ...UNCHANGED }, catalog);
    expect(quote.notices).toContainEqual({ id: 'two-year-enter', yen: 2_970 });
  });

  /** The manual gives the rule, but no 2-year course by name: these two exist only here. */
  function withTwoYearCourses(): Catalog {
    const like = (of: string, id: string, monthlyYen: number) => ({
      ...realCatalog.offerings.find((offering) => offering.id === of),
      id,
      monthlyYen,
      sample: true,
      commitmentMonths: 24,
    });
    return catalogSchema.parse({
      version: realCatalog.version,
      offerings: [
        ...realCatalog.offerings,
        like('internet.wide', 'internet.wide-2y', 4_510),
        like('internet.plus', 'internet.plus-2y', 2_970),
      ],
    });
  }
});

describe('with unknown contracts', () => {
  const facts: CustomerFacts = { kind: 'unknown', customerNumber: '1000000003' };

  it('knows what was chosen at its own prices, and what a bought modem costs', () => {
    const quote = quoteFor(facts, { course: 'internet.plus', modem: 'modem.wifi', provision: 'purchase' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'contracts-unknown', currentTotalYen: null });
    expect(quote.kind === 'later' ? quote.knownLines.map(({ before, after }) => [before, after]) : []).toEqual([
      [null, { offeringId: 'internet.plus', yen: 3_520, provision: null }],
      [null, { offeringId: 'modem.wifi', yen: 264, provision: 'purchase' }],
    ]);
    expect(quote.once).toEqual([{ id: 'modem-purchase', yen: 9_900, sample: true }]);
  });

  it('leaves equipment out that the customer keeps', () => {
    const quote = quoteFor(facts, { course: 'internet.wide', ...UNCHANGED });
    expect(quote.kind === 'later' ? quote.knownLines.map(({ after }) => after?.offeringId) : []).toEqual([
      'internet.wide',
    ]);
  });
});

describe('who may use it', () => {
  it.each([
    [1, { available: true }],
    [2, { available: true }],
    [3, { available: true }],
    [5, { available: false, reason: 'no-internet-contract' }],
    [6, { available: false, reason: 'no-internet-contract' }],
  ] as const)('customer %i', (customer, expected) => {
    expect(internetChangeCourse.availability(contextOf(demoFacts(customer)))).toEqual(expected);
  });

  it('not while the last change is on its way', () => {
    const facts = demoFacts(3, [contractOf(3, 'c3-net', { changePending: true })]);
    expect(internetChangeCourse.availability(contextOf(facts))).toEqual({ available: false, reason: 'change-pending' });
  });
});

describe('changing an earlier answer', () => {
  it('keeps what is still offered and resets the rest to 変更無し', () => {
    const context = contextOf(demoFacts(3));
    const kept = keepValid(internetChangeCourse, context, {
      course: 'internet.plus',
      modem: 'modem.wifi',
      provision: 'rental',
    });
    expect(kept).toEqual({ draft: { course: 'internet.plus', modem: 'modem.wifi', provision: 'rental' }, dropped: [] });
    const gone = keepValid(internetChangeCourse, context, {
      course: 'internet.gone',
      modem: 'modem.old',
      provision: 'rental',
    });
    expect(gone).toEqual({ draft: { provision: 'rental', modem: 'unchanged' }, dropped: ['course', 'modem'] });
  });
});
