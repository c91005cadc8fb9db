import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, withNumberToActivate } from '../../../tests/builders/demo.ts';
import { businessDate } from '../../domain/business-time.ts';
import type { CustomerFacts } from '../../domain/contract.ts';
import { askedQuestions } from '../asked.ts';
import { draftProblemSchema } from '../draft-problems.ts';
import { keepValid } from '../keep-valid.ts';
import type { Draft } from '../procedure.ts';
import { mobileActivateMnp } from './activate-mnp.ts';

const ICCID = 'DN1234567890123456';
const own: Draft = { iccid: ICCID, user: 'contractor' };
const offline: CustomerFacts = { kind: 'unknown', customerNumber: '1000000004' };
const availability = (facts: CustomerFacts) => mobileActivateMnp.availability(contextOf(facts));
const problems = (draft: Draft, facts: CustomerFacts = withNumberToActivate()) =>
  mobileActivateMnp.problems(contextOf(facts), draft);
const asked = (draft: Draft, facts: CustomerFacts) =>
  askedQuestions(mobileActivateMnp.steps, contextOf(facts), draft).map(({ id }) => id);

function quoteAt(local: string, facts: CustomerFacts = withNumberToActivate(), draft: Draft = own) {
  const quote = mobileActivateMnp.quote(contextOf(facts, { reachesAt: Date.parse(`${local}+09:00`) }), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}

describe('mobile.activate-mnp', () => {
  it('asks for the number that waits to be switched over, at no price, and says when it will be', () => {
    const quote = quoteAt('2026-11-24T12:00:00');
    expect(quote).toMatchObject({ kind: 'total', currentTotalYen: 10_505, newTotalYen: 10_505, once: [] });
    expect(quote.notices).toEqual([
      { id: 'port-line', lineNumber: '08011112222' },
      { id: 'port-on-same-day' },
      { id: 'port-automatic', date: '2026-12-08' },
      { id: 'old-sim-stops' },
    ]);
    expect(mobileActivateMnp.changes(contextOf(withNumberToActivate()), own)).toMatchObject({
      value: [
        {
          action: 'add',
          offeringId: 'mobile.port-activation',
          characteristics: { lineNumber: '08011112222', iccid: ICCID },
        },
      ],
    });
  });

  it.each([
    ['2026-11-24T09:29:59', { id: 'port-on-in-turn', date: '2026-11-24' }],
    ['2026-11-24T09:30:00', { id: 'port-on-same-day' }],
    ['2026-11-24T17:30:59', { id: 'port-on-same-day' }],
    ['2026-11-24T17:31:00', { id: 'port-on-in-turn', date: '2026-11-25' }],
  ])('at %s expects %j (p.101)', (local, expected) => {
    expect(quoteAt(local).notices[1]).toEqual(expected);
  });

  it('is for voice lines that wait: not for data lines, nor for what is on already', () => {
    expect(availability(demoFacts(4))).toEqual({ available: false, reason: 'no-number-to-activate' });
    const active = contractOf(4, 'c4-sim', { id: 'v', offeringId: 'mobile.voice-3gb' });
    expect(availability(demoFacts(4, [active]))).toEqual({ available: false, reason: 'no-number-to-activate' });
    expect(availability(withNumberToActivate())).toEqual({ available: true });
  });

  it.each([
    ['2026-12-07T23:59:59', true],
    ['2026-12-08T00:00:00', false],
  ])('is asked for until the day on which it happens by itself, at %s: %s (p.95)', (local, isOffered) => {
    const at = Date.parse(`${local}+09:00`);
    const context = contextOf(withNumberToActivate(), { reachesAt: at, today: businessDate(at) });
    expect(mobileActivateMnp.availability(context).available).toBe(isOffered);
  });

  it('is asked for once', () => {
    const ordered = contractOf(4, 'c4-sim', {
      id: 'order:1:1',
      offeringId: 'mobile.port-activation',
      status: 'created',
      characteristics: { lineNumber: '08011112222', iccid: ICCID },
    });
    const facts = withNumberToActivate();
    expect(availability({ ...facts, contracts: [...facts.contracts, ordered] })).toEqual({
      available: false,
      reason: 'change-pending',
    });
  });

  it('has the number typed where staff have no contracts', () => {
    expect(asked(own, withNumberToActivate())).toEqual(['iccid', 'user']);
    expect(asked(own, offline)).toEqual(['number', 'iccid', 'user']);
    expect(problems({ ...own, number: '0312345678' }, offline)).toEqual([
      { question: 'number', problem: 'unfit', reason: 'not-a-mobile-number' },
    ]);
    const quote = quoteAt('2026-11-24T12:00:00', offline, { ...own, number: '080-1111-2222' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'contracts-unknown' });
    expect(quote.notices.map(({ id }) => id)).toEqual(['port-line', 'port-on-same-day', 'old-sim-stops']);
  });

  it('lets choose among several', () => {
    const facts = withNumberToActivate();
    const [other] = facts.contracts.filter(({ id }) => id === 'c4-voice');
    if (other === undefined) throw new Error('no line waits');
    const second = { ...other, id: 'second', characteristics: { line: '3', lineNumber: '09033334444' } as const };
    const both = { ...facts, contracts: [...facts.contracts, second] };
    expect(problems(own, both)).toEqual([{ question: 'line', problem: 'missing' }]);
    expect(mobileActivateMnp.changes(contextOf(both), { ...own, line: 'second' })).toMatchObject({
      value: [{ characteristics: { lineNumber: '09033334444' } }],
    });
  });

  it('keeps to the number that staff typed without the contracts, when they are known', () => {
    const typed = { ...own, number: '090-3333-4444' };
    const facts = withNumberToActivate();
    expect(problems(typed, facts)).toEqual([{ question: 'number', problem: 'unfit', reason: 'not-to-activate' }]);
    const [other] = facts.contracts.filter(({ id }) => id === 'c4-voice');
    if (other === undefined) throw new Error('no line waits');
    const second = { ...other, id: 'second', characteristics: { line: '3', lineNumber: '09033334444' } as const };
    const both = { ...facts, contracts: [...facts.contracts, second] };
    expect(mobileActivateMnp.changes(contextOf(both), typed)).toMatchObject({
      value: [{ characteristics: { lineNumber: '09033334444' } }],
    });
    const ordered = contractOf(4, 'c4-sim', {
      ...{ id: 'order:1:1', offeringId: 'mobile.port-activation', status: 'created' },
      characteristics: { lineNumber: '09033334444', iccid: ICCID },
    });
    expect(problems(typed, { ...both, contracts: [...both.contracts, ordered] })).toMatchObject([
      { reason: 'not-to-activate' },
    ]);
  });

  it.each([
    ['', { problem: 'missing' }],
    ['DN12345', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['DN123456789012345', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['D1234567890123456', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['898110000000000000', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['8981100000000000000', null],
    ['89811000000000000001', null],
    ['DNX1234567890123456', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['ＤＮ１２３４５６７８９０１２３４５６', null],
    ['8981 1000 0000 0000 0001', null],
    ['898110000000000000012', { problem: 'unfit', reason: 'not-an-iccid' }],
    ['DN12345678901234!6', { problem: 'unfit', reason: 'not-latin' }],
  ])('takes the ICCID %s: %j', (iccid, problem) => {
    expect(problems({ ...own, iccid })).toEqual(problem === null ? [] : [{ question: 'iccid', ...problem }]);
  });

  it('keeps what is half typed, and gives the seam a problem that it takes', () => {
    const half = { ...own, iccid: 'DN 123' };
    expect(keepValid(mobileActivateMnp, contextOf(withNumberToActivate()), half)).toEqual({ draft: half, dropped: [] });
    expect(problems(half).map((problem) => draftProblemSchema.parse(problem))).toEqual(problems(half));
  });

  it('wants the reading of another user, and the name if it can be had', () => {
    const family = { ...own, user: 'family' };
    expect(asked(family, withNumberToActivate())).toEqual(['iccid', 'user', 'kana', 'name']);
    expect(problems(family)).toEqual([{ question: 'kana', problem: 'missing' }]);
    expect(problems({ ...family, kana: 'たなか はな' })).toEqual([]);
    expect(problems({ ...family, kana: '田中', name: '田中<1>' })).toEqual([
      { question: 'kana', problem: 'unfit', reason: 'not-kana' },
      { question: 'name', problem: 'unfit', reason: 'not-a-name' },
    ]);
    expect(problems({ ...family, kana: 'タナカ', name: 'ﾀﾅｶ　ハナ' })).toEqual([
      { question: 'name', problem: 'forbidden', rule: 'katakana-name' },
    ]);
    expect(problems({ ...family, kana: 'タナカ', name: '田中 ハナ' })).toEqual([]);
  });
});
