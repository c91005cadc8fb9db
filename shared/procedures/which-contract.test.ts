import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, withNumberToActivate } from '../../tests/builders/demo.ts';
import type { Contract, CustomerFacts } from '../domain/contract.ts';
import { internetChangeCourse } from './internet/change-course.ts';
import { internetChangeIpType } from './internet/change-ip-type.ts';
import { internetChangeOther } from './internet/change-other.ts';
import { mobileActivateMnp } from './mobile/activate-mnp.ts';
import { mobileChangeData } from './mobile/change-data.ts';
import { mobileUsage } from './mobile/usage.ts';
import { askedQuestions, optionsOf } from './asked.ts';
import type { Draft, Procedure } from './procedure.ts';
import { tvChangeCourse } from './tv/change-course.ts';
import { tvSwapBox } from './tv/swap-box.ts';

const second = (of: string, more: Partial<Contract>): Contract =>
  contractOf(3, of, { id: 'second', startedOn: '2026-10-01', ...more });
const TWO_TVS = demoFacts(3, [second('c3-tv', { offeringId: 'tv.big-hitpot', monthlyYen: 6_270 })]);
const TWO_LINES = demoFacts(3, [second('c3-net', { offeringId: 'internet.plus', monthlyYen: 3_520 })]);

const asked = (procedure: Procedure, facts: CustomerFacts, draft: Draft): string[] =>
  askedQuestions(procedure.steps, contextOf(facts), draft).map(({ id }) => id);

describe.each([
  [tvChangeCourse, TWO_TVS, 'c3-tv', { course: 'tv.max-hitpot', channels: '' }],
  [tvSwapBox, TWO_TVS, 'c3-tv', { box: 'tv.big-stb' }],
  [internetChangeCourse, TWO_LINES, 'c3-net', { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' }],
  [internetChangeOther, TWO_LINES, 'c3-net', { course: 'internet.value' }],
  [internetChangeIpType, TWO_LINES, 'c3-net', { ipType: 'global' }],
] as const)('$0.id', (procedure, facts, first, answers) => {
  const draft = { ...answers, contract: 'second' };

  it('asks which of several contracts, and only then what is to become of it', () => {
    expect(asked(procedure, demoFacts(3), {})).not.toContain('contract');
    expect(asked(procedure, facts, {})[0]).toBe('contract');
    expect(procedure.problems(contextOf(facts), answers)).toContainEqual({ question: 'contract', problem: 'missing' });
    expect(asked(procedure, facts, {})).not.toContain(Object.keys(answers)[0]);
  });

  it('tells them apart by course, number and start', () => {
    const cards = optionsOf(procedure.steps, 'contract', contextOf(facts), {});
    expect(cards.map(({ value, details }) => [value, details.map(({ id }) => id)])).toEqual([
      [first, ['nth', 'since']],
      ['second', ['nth', 'since']],
    ]);
  });

  it('changes the one that was chosen, and says so', () => {
    const changes = procedure.changes(contextOf(facts), draft);
    expect(changes).toMatchObject({ ok: true, value: [{ action: 'modify', contractId: 'second' }] });
    const quote = procedure.quote(contextOf(facts), draft);
    expect(quote.ok && quote.value.notices).toContainEqual({ id: 'contract-meant', date: '2026-10-01' });
  });

  it('changes no other one when the chosen one is gone', () => {
    const problems = procedure.problems(contextOf(demoFacts(3)), draft);
    expect(problems).toContainEqual({ question: 'contract', problem: 'not-offered' });
  });

  it('waits only for the one whose change is on its way', () => {
    const contracts = facts.contracts.map((one) => (one.id === 'second' ? { ...one, changePending: true } : one));
    const waiting = { ...facts, contracts };
    expect(procedure.availability(contextOf(waiting))).toEqual({ available: true });
    expect(procedure.problems(contextOf(waiting), draft)).toContainEqual({
      question: 'contract',
      problem: 'not-offered',
    });
  });
});

it('offers the courses and boxes of the TV that is meant', () => {
  const boxes = (contract: string) =>
    optionsOf(tvSwapBox.steps, 'box', contextOf(TWO_TVS), { contract }).map(({ value }) => value);
  expect(boxes('second')).toEqual(['tv.big-bd', 'tv.big-hitpot', 'tv.big-stb']);
  expect(boxes('c3-tv')).toEqual(['tv.mini-bd', 'tv.mini-hitpot', 'tv.mini-stb']);
});

it('says of no one of several TVs that it is the bundle’s: a part may have been changed since', () => {
  const further = contractOf(1, 'c1-tv', { id: 'second', offeringId: 'tv.mini-hitpot', monthlyYen: 3_080 });
  const changed = contractOf(1, 'c1-tv', { offeringId: 'tv.max-hitpot' });
  const named = contractOf(1, 'c1-tv', { id: 'second' });
  for (const facts of [demoFacts(1, [further]), demoFacts(1, [changed, named])]) {
    for (const contract of ['c1-tv', 'second']) {
      const quote = tvChangeCourse.quote(contextOf(facts), { contract, course: 'tv.big-stb', channels: '' });
      if (!quote.ok) throw new Error(JSON.stringify(quote.error));
      expect(quote.value).toMatchObject({ kind: 'later', reason: 'told-by-contact' });
      expect(quote.value.notices.map(({ id }) => id)).toEqual([
        ...['contract-meant', 'starts-next-day', 'return-old-box', 'bundle-excludes-tv'],
      ]);
    }
  }
});

it.each([
  [mobileChangeData, demoFacts(4), { line: 'gone', volume: 'mobile.data-6gb' }],
  [mobileUsage, demoFacts(4), { line: 'gone', data: 'mobile.added-1gb' }],
  [mobileActivateMnp, withNumberToActivate(), { line: 'gone', iccid: 'DN1234567890123456', user: 'contractor' }],
] as const)('takes no other line than the chosen one: $0.id', (procedure, facts, draft) => {
  expect(procedure.problems(contextOf(facts), draft)).toContainEqual({ question: 'line', problem: 'not-offered' });
});
