import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog, TODAY } from '../../../tests/builders/demo.ts';
import {
  DATA_LINE,
  SIM_ONLY_LINE,
  VOICE_CHOICES,
  VOICE_LINE,
  VOICE_SIM_ONLY,
} from '../../../tests/builders/mobile-lines.ts';
import { addDays } from '../../domain/business-time.ts';
import { offeringById } from '../../domain/catalog.ts';
import type { Contract, CustomerFacts } from '../../domain/contract.ts';
import { MOBILE_LINES } from '../../domain/mobile/line.ts';
import { askedQuestions, optionsOf } from '../asked.ts';
import { initialDraft, keepValid } from '../keep-valid.ts';
import type { Draft } from '../procedure.ts';
import { runningPrice } from '../running-price.ts';
import { mobileApply } from './apply.ts';

const voice = VOICE_LINE;
const data = DATA_LINE;
const child: Draft = {
  ...voice,
  relation: 'child',
  familyName: '見本',
  givenName: '花子',
  familyKana: 'ミホン',
  givenKana: 'はなこ',
  bornOn: '2015-04-01',
};
const port: Draft = {
  ...voice,
  numbering: 'mnp',
  reservation: '０１２３-４５６７-８９',
  expiresOn: addDays(TODAY, 14),
  portNumber: '080-1234-5678',
  holder: 'same',
};
const JIRO = demoFacts(3);
const problems = (draft: Draft, facts: CustomerFacts = JIRO) => mobileApply.problems(contextOf(facts), draft);
const offered = (question: string, draft: Draft) =>
  optionsOf(mobileApply.steps, question, contextOf(JIRO), draft).map(({ value, disabled }) => [value, disabled]);
const asked = (draft: Draft) => askedQuestions(mobileApply.steps, contextOf(JIRO), draft).map(({ id }) => id);

function quoteFor(draft: Draft, facts: CustomerFacts = JIRO) {
  const quote = mobileApply.quote(contextOf(facts), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}

describe('what mobile.apply comes to', () => {
  it('makes 8,657 into 12,617 and costs 3,733 once (p.94)', () => {
    expect(quoteFor(voice)).toMatchObject({
      kind: 'total',
      currentTotalYen: 8_657,
      newTotalYen: 12_617,
      once: [{ id: 'mobile-contract-fee', yen: 3_733, sample: false }],
    });
  });

  it('adds 4,158 a month for a data line with its device and warranty (p.96)', () => {
    expect(quoteFor(data)).toMatchObject({ currentTotalYen: 8_657, newTotalYen: 8_657 + 4_158 });
    expect(runningPrice(mobileApply, contextOf(JIRO), data).totalYen).toBe(4_158);
  });

  it('says at any time what the choices so far cost: 5,511 (p.86)', () => {
    const soFar = VOICE_CHOICES;
    const price = runningPrice(mobileApply, contextOf(JIRO), soFar);
    expect(price.totalYen).toBe(5_511);
    expect(price.lines.map(({ yen }) => yen)).toEqual([2_310, 880, 363, 1_320, 418, 220]);
    expect(runningPrice(mobileApply, contextOf(JIRO), { plan: 'voice' })).toEqual({ lines: [], totalYen: 0 });
    // What can't be had together costs nothing until it is chosen anew.
    expect(runningPrice(mobileApply, contextOf(JIRO), { ...soFar, plan: 'data' }).totalYen).toBe(418);
  });

  it('says of each call option how long a call may be, and names it for no quota of minutes', () => {
    const details = optionsOf(mobileApply.steps, 'calls', contextOf(JIRO), voice).map((option) => option.details);
    expect(details).toEqual([[], [{ id: 'free-calls', minutes: 10 }], [{ id: 'free-calls', minutes: 120 }]]);
    expect(offeringById(realCatalog, 'mobile.call-120').name).toMatchObject({
      ja: '120分かけ放題',
      en: 'Unlimited calls of up to 120 minutes',
    });
  });

  it('charges the accessory once as a sample, and set-up support with a new voice line not at all', () => {
    const draft = { ...voice, accessory: 'mobile.accessory', support: 'mobile.set-up-support', supportOn: TODAY };
    expect(quoteFor(draft).once).toEqual([
      { id: 'mobile-contract-fee', yen: 3_733, sample: false },
      { id: 'mobile-accessory', yen: 2_200, sample: true },
      { id: 'set-up-support', yen: 0, sample: false },
    ]);
    expect(problems({ ...draft, supportOn: addDays(TODAY, -1) })).toEqual([
      { question: 'supportOn', problem: 'unfit', reason: 'date-past' },
    ]);
  });

  it('orders the line with everything that belongs to it by its number', () => {
    expect(mobileApply.changes(contextOf(demoFacts(4)), port)).toEqual({
      ok: true,
      value: [
        {
          action: 'add',
          offeringId: 'mobile.voice-6gb',
          characteristics: {
            line: '2',
            simSize: 'nano',
            fiveG: 'off',
            lineNumber: '08012345678',
            portExpiresOn: '2026-12-08',
            portReservation: '0123456789',
          },
        },
        { action: 'add', offeringId: 'mobile.call-10', characteristics: { line: '2' } },
        { action: 'add', offeringId: 'mobile.wish-ivory', characteristics: { line: '2' } },
      ],
    });
  });
});

it('asks to confirm only what concerns the line and the device that are applied for', () => {
  const confirmed = (draft: Draft) =>
    mobileApply.termsFor(contextOf(JIRO), draft).filter((id) => mobileApply.confirmations.includes(id));
  expect(confirmed(voice)).toEqual(['mobile-service', 'mobile-device', 'mobile-contract']);
  expect(confirmed(data)).toEqual(['mobile-service', 'mobile-data', 'mobile-device', 'mobile-contract']);
  expect(confirmed(VOICE_SIM_ONLY)).toEqual(['mobile-service', 'mobile-contract']);
  expect(confirmed(SIM_ONLY_LINE)).toEqual(['mobile-service', 'mobile-data', 'mobile-contract']);
});

describe('the choices of mobile.apply', () => {
  it('are fewer for a data line (p.95-96)', () => {
    const voiceOnly = ['calls', 'voicemail', 'accessory', 'support', 'filtering', 'numbering'];
    expect(asked(voice)).toEqual(expect.arrayContaining(voiceOnly));
    expect(asked(data).filter((question) => voiceOnly.includes(question))).toEqual([]);
    expect(asked(data)).toContain('contactNumber');
    expect(offered('device', data)).toEqual([['mobile.device-fs030w', null]]);
    expect(offered('device', voice).map(([device]) => device)).toEqual(['mobile.device-sense7', 'mobile.device-wish']);
  });

  it('have the warranty only with a device, and the SIM size that it takes', () => {
    const alone = { ...voice, set: 'sim-only', handset: 'other' };
    expect(asked(alone)).not.toContain('warranty');
    expect(offered('simSize', alone).map(([size]) => size)).toEqual(['nano', 'micro', 'standard']);
    expect(offered('simSize', voice)).toEqual([['nano', null]]);
    expect(offered('simSize', data)).toEqual([['micro', null]]);
    const { dropped } = keepValid(mobileApply, contextOf(JIRO), { ...alone, simSize: 'standard', set: 'set' });
    expect(dropped).toEqual(['simSize']);
  });

  it('offer each model once, its colours beneath it, and neither where none is left (p.88)', () => {
    const withStock = (outOfStock: readonly string[]) => contextOf({ ...JIRO, outOfStock });
    const found = (question: string, outOfStock: readonly string[]) =>
      optionsOf(mobileApply.steps, question, withStock(outOfStock), voice).map(({ value, disabled }) => [
        value,
        disabled,
      ]);
    expect(found('colour', ['mobile.wish-olive'])).toEqual([
      ['mobile.wish-olive', 'out-of-stock'],
      ['mobile.wish-ivory', null],
      ['mobile.wish-charcoal', null],
    ]);
    expect(mobileApply.problems(withStock(['mobile.wish-ivory']), voice)).toEqual([
      { question: 'colour', problem: 'not-offered' },
    ]);
    expect(found('device', ['mobile.wish-olive', 'mobile.wish-ivory', 'mobile.wish-charcoal'])).toEqual([
      ['mobile.device-sense7', null],
      ['mobile.device-wish', 'out-of-stock'],
    ]);
    expect(mobileApply.problems(withStock(['mobile.device-fs030w']), data)).toEqual([
      { question: 'device', problem: 'not-offered' },
    ]);
    expect(asked(data)).not.toContain('colour');
  });

  it('offer no model whose colours are all withdrawn: it is never delivered as itself', () => {
    const context = contextOf(JIRO);
    const offerings = context.catalog.offerings.map((one) =>
      one.type === 'mobile-device' && one.model === 'mobile.device-wish' ? { ...one, sellable: false } : one,
    );
    const withdrawn = { ...context, catalog: { ...context.catalog, offerings } };
    const devices = optionsOf(mobileApply.steps, 'device', withdrawn, voice);
    expect(devices.map(({ value, disabled }) => [value, disabled])).toEqual([
      ['mobile.device-sense7', null],
      ['mobile.device-wish', 'out-of-stock'],
    ]);
    const { colour: _, ...noColour } = voice;
    expect(mobileApply.problems(withdrawn, noColour)).toEqual([{ question: 'device', problem: 'not-offered' }]);
  });

  it('offer no filtering on an iPhone (p.91)', () => {
    const iphone = { ...voice, set: 'sim-only', handset: 'iphone' };
    expect(offered('filtering', iphone)).toEqual([
      ['mobile.filtering', 'not-on-iphone'],
      ['no', null],
    ]);
    // A device that comes with the line is none, whatever was said before.
    expect(offered('filtering', { ...iphone, set: 'set' })[0]).toEqual(['mobile.filtering', null]);
  });
});

describe('who mobile.apply is for', () => {
  const lines = (count: number, status: Contract['status']): Contract[] =>
    MOBILE_LINES.slice(0, count).map((line) =>
      contractOf(4, 'c4-sim', { id: `line-${line}`, status, characteristics: { line } }),
    );
  const available = (contracts: readonly Contract[]) => mobileApply.availability(contextOf(demoFacts(3, contracts)));

  it.each(['active', 'pendingActive', 'created'] as const)(
    'takes a fifth line and no sixth, %s ones counted',
    (status) => {
      expect(available(lines(4, status))).toEqual({ available: true });
      expect(available(lines(5, status))).toEqual({ available: false, reason: 'five-lines' });
    },
  );

  it.each([
    [{ kind: 'card' }, true],
    [{ kind: 'bank-transfer', monthsPaid: 6 }, true],
    [{ kind: 'bank-transfer', monthsPaid: 5 }, false],
    [null, false],
  ] as const)('tells who pays by %j whether that will do: %s (p.95)', (payment, isEnough) => {
    const availability = mobileApply.availability(contextOf({ ...JIRO, payment }));
    expect(availability).toEqual(isEnough ? { available: true } : { available: false, reason: 'card-needed' });
  });

  it('is for those too whose contracts nobody knows yet', () => {
    const unknown = contextOf({ kind: 'unknown', customerNumber: '1000000003' });
    expect(mobileApply.availability(unknown)).toEqual({ available: true });
    expect(mobileApply.quote(unknown, voice)).toMatchObject({ ok: true, value: { kind: 'later' } });
    // What waits in the terminal counts all the same (p.96).
    const waiting = (count: number) =>
      mobileApply.availability(
        contextOf({ kind: 'unknown', customerNumber: '1000000003', ordered: lines(count, 'created') }),
      );
    expect(waiting(4)).toEqual({ available: true });
    expect(waiting(5)).toEqual({ available: false, reason: 'five-lines' });
  });

  it('takes a campaign code that there is, until its last day, and names its effect nowhere', () => {
    expect(quoteFor({ ...voice, campaign: 'hajime2026' }).notices).toContainEqual({ id: 'campaign-told-later' });
    expect(quoteFor({ ...voice, campaign: 'hajime2026' })).toMatchObject({ newTotalYen: 12_617 });
    expect(problems({ ...voice, campaign: 'HAJIME2025' })).toEqual([
      { question: 'campaign', problem: 'unfit', reason: 'unknown-campaign' },
    ]);
    const after = contextOf(JIRO, { today: '2027-04-01' });
    expect(mobileApply.problems(after, { ...voice, campaign: 'HAJIME2026' })).toEqual([
      { question: 'campaign', problem: 'unfit', reason: 'unknown-campaign' },
    ]);
  });

  it.each(['', ' ', '－'])('tells nobody of a campaign who left its code empty (%j)', (campaign) => {
    const untouched = { ...initialDraft(mobileApply), ...voice, campaign };
    expect(problems(untouched)).toEqual([]);
    expect(quoteFor(untouched)).toEqual(quoteFor(voice));
  });

  it('needs no name of another user in kanji', () => {
    const { familyName: _family, givenName: _given, ...unnamed } = child;
    const untouched = { ...initialDraft(mobileApply), ...unnamed, filtering: 'mobile.filtering' };
    expect(problems(untouched)).toEqual([]);
    expect(quoteFor(untouched)).toEqual(quoteFor({ ...unnamed, filtering: 'mobile.filtering' }));
    expect(problems({ ...untouched, familyKana: ' ' })).toEqual([{ question: 'familyKana', problem: 'missing' }]);
  });

  it('counts no line that has ended', () => {
    expect(available(lines(5, 'terminated'))).toEqual({ available: true });
  });

  it.each([
    ['2008-11-24', []],
    ['2008-11-25', [{ question: 'contractorBornOn', problem: 'forbidden', rule: 'contractor-under-age' }]],
    ['2027-01-01', [{ question: 'contractorBornOn', problem: 'unfit', reason: 'date-ahead' }]],
    ['2000-02-30', [{ question: 'contractorBornOn', problem: 'unfit', reason: 'no-such-date' }]],
  ])('takes a contractor born on %s: %j', (contractorBornOn, found) => {
    expect(problems({ ...voice, contractorBornOn })).toEqual(found);
  });

  it('wants filtering for a user under 18, or the refusal of the parent in writing', () => {
    const needed = [{ question: 'bornOn', problem: 'forbidden', rule: 'filtering-needed' }];
    expect(problems({ ...child, refusal: 'none' })).toEqual(needed);
    expect(problems(child)).toEqual([...needed, { question: 'refusal', problem: 'missing' }]);
    expect(problems({ ...child, refusal: 'in-writing' })).toEqual([]);
    expect(problems({ ...child, filtering: 'mobile.filtering' })).toEqual([]);
    expect(asked({ ...child, filtering: 'mobile.filtering' })).not.toContain('refusal');
    expect(problems({ ...child, bornOn: '2008-11-25', refusal: 'none' })).toEqual(needed);
    expect(problems({ ...child, bornOn: '2008-11-24' })).toEqual([]);
  });

  it.each([
    ['2026-11-25', 'date-ahead'],
    ['2015-02-29', 'no-such-date'],
    ['平成31年5月1日', 'no-such-date'],
  ])('takes no user born on %s: %s', (bornOn, reason) => {
    expect(problems({ ...child, filtering: 'mobile.filtering', bornOn })).toEqual([
      { question: 'bornOn', problem: 'unfit', reason },
    ]);
  });

  it('asks for the name and its reading, each in its field', () => {
    const grown = { ...child, bornOn: '2000-01-01' };
    expect(problems({ ...grown, familyName: 'ミホン', givenName: 'ハナコ' })).toEqual([
      { question: 'givenName', problem: 'forbidden', rule: 'katakana-name' },
    ]);
    expect(problems({ ...grown, givenName: 'マリア' })).toEqual([]);
    expect(problems({ ...grown, familyKana: '見本' })).toEqual([
      { question: 'familyKana', problem: 'unfit', reason: 'not-kana' },
    ]);
  });
});

describe('a number that mobile.apply brings along', () => {
  it.each([
    [8, [{ question: 'expiresOn', problem: 'unfit', reason: 'reservation-short' }]],
    [9, []],
    [14, []],
    [15, [{ question: 'expiresOn', problem: 'unfit', reason: 'reservation-too-far' }]],
  ])('whose reservation ends in %i days: %j (p.92, 95)', (days, found) => {
    expect(problems({ ...port, expiresOn: addDays(TODAY, days) })).toEqual(found);
  });

  it.each([
    ['012345678', 'too-short'],
    ['01234567890', 'too-long'],
    ['01234567x9', 'not-digits'],
  ])('has a reservation number of ten figures, and not %s', (reservation, reason) => {
    expect(problems({ ...port, reservation })).toEqual([{ question: 'reservation', problem: 'unfit', reason }]);
  });

  it('is a mobile number whose holder is the same here and there', () => {
    expect(problems(port)).toEqual([]);
    expect(problems({ ...port, portNumber: '0312345678', holder: 'other' })).toEqual([
      { question: 'portNumber', problem: 'unfit', reason: 'not-a-mobile-number' },
      { question: 'holder', problem: 'forbidden', rule: 'holder-differs' },
    ]);
  });

  it.each([
    ['portNumber', port],
    ['contactNumber', data],
  ] as const)('and no other number, also where it is asked for another reason: %s', (question, draft) => {
    for (const [typed, reason] of [
      ['0451234567', 'not-a-mobile-number'],
      ['050-1234-5678', 'not-a-mobile-number'],
      ['080-1234-567', 'not-a-mobile-number'],
      ['08O-1234-5678', 'not-a-phone'],
      ['080123456789', 'not-a-phone'],
    ] as const) {
      expect(problems({ ...draft, [question]: typed })).toEqual([{ question, problem: 'unfit', reason }]);
    }
    expect(problems({ ...draft, [question]: '' })).toEqual([{ question, problem: 'missing' }]);
    expect(problems({ ...draft, [question]: '060-1234-5678' })).toEqual([]);
  });

  it('is switched over by itself on the last day, which the customer is told', () => {
    expect(quoteFor(port).notices).toEqual([
      { id: 'sim-dispatch' },
      { id: 'port-needs-activation' },
      { id: 'port-automatic', date: '2026-12-08' },
      { id: 'old-sim-stops' },
    ]);
    expect(quoteFor(voice).notices).toEqual([{ id: 'sim-dispatch' }]);
  });
});
