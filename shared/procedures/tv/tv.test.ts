import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../../tests/builders/demo.ts';
import type { Contract, CustomerFacts } from '../../domain/contract.ts';
import type { Quote } from '../../domain/quote.ts';
import { offeringById } from '../../domain/catalog.ts';
import { askedQuestions, optionsOf } from '../asked.ts';
import { keepValid } from '../keep-valid.ts';
import type { Draft, Procedure } from '../procedure.ts';
import { tvApply } from './apply.ts';
import { videoApplyBox } from './apply-video-box.ts';
import { tvChangeCourse } from './change-course.ts';
import { tvMagazine } from './magazine.ts';
import { tvOptions } from './options.ts';
import { tvSwapBox } from './swap-box.ts';

function quoteOf(procedure: Procedure, facts: CustomerFacts, draft: Draft): Quote {
  const quote = procedure.quote(contextOf(facts), draft);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}
const notices = (procedure: Procedure, facts: CustomerFacts, draft: Draft): string[] =>
  quoteOf(procedure, facts, draft).notices.map(({ id }) => id);
const known = (quote: Quote): unknown[] =>
  quote.kind === 'later'
    ? quote.knownLines.map(({ before, after }) => [before?.offeringId, after?.offeringId, after?.yen])
    : [];
const has = (offeringId: string, more: Partial<Contract> = {}): Contract => {
  const { group, monthlyYen } = offeringById(realCatalog, offeringId);
  return contractOf(3, 'c3-tv', { id: `x-${offeringId}`, offeringId, group, monthlyYen, ...more });
};
const offered = (procedure: Procedure, facts: CustomerFacts, question: string): (string | null)[][] =>
  optionsOf(procedure.steps, question, contextOf(facts), {}).map(({ value, disabled }) => [value, disabled]);

describe('tv.apply', () => {
  it('asks about the programme guide once in a household (p.57, 61)', () => {
    const asked = (facts: CustomerFacts) =>
      askedQuestions(tvApply.steps, contextOf(facts), { course: 'tv.mini-hitpot' }).map(({ id }) => id);
    expect(asked(demoFacts(2))).toContain('magazine');
    expect(asked(demoFacts(2, [has('tv.magazine')]))).not.toContain('magazine');
    expect(asked(demoFacts(2, [has('tv.magazine', { status: 'created' })]))).not.toContain('magazine');
    expect(asked(demoFacts(2, [has('tv.max-hitpot')]))).not.toContain('magazine');
  });

  it('gives the new lines and leaves the total to be told (p.53)', () => {
    const quote = quoteOf(tvApply, demoFacts(2), {
      ...{ course: 'tv.mini-hitpot', magazine: 'subscribe', channels: 'tv-channel.tbs-1,tv-channel.toei' },
    });
    expect(quote).toMatchObject({ kind: 'later', reason: 'told-by-contact', currentTotalYen: 5_183, once: [] });
    expect(known(quote)).toEqual([
      [undefined, 'tv.mini-hitpot', 3_080],
      [undefined, 'tv.magazine', 275],
      [undefined, 'tv-channel.tbs-1', 660],
      [undefined, 'tv-channel.toei', 1_650],
    ]);
  });

  it('does not ask for the guide where the course has it (p.57)', () => {
    expect(tvApply.problems(contextOf(demoFacts(6)), { course: 'tv.max-plus-hitpot', channels: '' })).toEqual([]);
    expect(tvApply.problems(contextOf(demoFacts(6)), { course: 'tv.mini-hitpot', channels: '' })).toEqual([
      { question: 'magazine', problem: 'missing' },
    ]);
  });

  it('refuses the TBS set beside one of its channels, and answers that no page gives', () => {
    const draft = { course: 'tv.max-hitpot' };
    const problems = (channels: string) => tvApply.problems(contextOf(demoFacts(6)), { ...draft, channels });
    expect(problems('tv-channel.tbs-set,tv-channel.tbs-2')).toEqual([
      { question: 'channels', problem: 'forbidden', rule: 'set-and-single' },
    ]);
    expect(problems('tv-channel.tbs-set')).toEqual([]);
    expect(problems('tv-channel.toei,tv-channel.toei')).toEqual([{ question: 'channels', problem: 'malformed' }]);
    expect(problems('tv-channel.wowow')).toEqual([{ question: 'channels', problem: 'not-offered' }]);
  });
});

describe('channels beside a course', () => {
  it.each([
    [tvApply, 6, { course: 'tv.max-hitpot' }],
    [tvChangeCourse, 3, { course: 'tv.max-hitpot' }],
  ] as const)('are charged from the month of viewing, the course from the month after (p.57, 63)', (...given) => {
    const [procedure, customer, answers] = given;
    const start = (channels: string) => quoteOf(procedure, demoFacts(customer), { ...answers, channels }).feeStart;
    expect(start('')).toBe('month-after-completion');
    expect(start('tv-channel.kbs')).toBe('course-and-viewing-start');
  });
});

describe('tv.change-course', () => {
  it('leaves the total to be told inside a bundle, with the lines of p.58', () => {
    const quote = quoteOf(tvChangeCourse, demoFacts(1), { course: 'tv.max-bd', channels: '' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'bundle-recomposed', currentTotalYen: 14_843 });
    expect(known(quote)).toEqual([['tv.alpha-ace-bd', 'tv.max-bd', 9_680]]);
    expect(quote.notices.map(({ id }) => id)).toEqual(['starts-next-day', 'bundle-recomposed', 'bundle-penalty']);
  });

  it('gives a total outside a bundle, without the fee of a guide that the new course includes', () => {
    const facts = demoFacts(3, [has('tv.magazine')]);
    const quote = quoteOf(tvChangeCourse, facts, { course: 'tv.max-hitpot', channels: '' });
    expect(quote).toMatchObject({ kind: 'total', newTotalYen: 8_657 - 3_080 + 8_690 });
    expect(quote.notices).toContainEqual({ id: 'magazine-included' });
  });

  it.each([
    ['tv.big-hitpot', true],
    ['tv.big-stb', true],
    ['tv.alpha-ace-hitpot', true],
    ['tv.alpha-ace-stb', true],
    ['tv.big-bd', false],
    ['tv.mini-stb', false],
    ['tv.max-hitpot', false],
  ])('tells someone in the 3-year bundle whether %s leaves its discount (p.53, 58)', (course, excludes) => {
    expect(notices(tvChangeCourse, demoFacts(1), { course, channels: '' }).includes('bundle-excludes-tv')).toBe(
      excludes,
    );
    expect(notices(tvChangeCourse, demoFacts(3), { course, channels: '' })).not.toContain('bundle-excludes-tv');
  });

  it('tells someone in the triple bundle about ミニ, and frees the renewal month of the penalty', () => {
    const triple = has('bundle.hikari-triple-2g', { term: { startsOn: '2023-11-01', months: 36 } });
    const facts = demoFacts(3, [triple]);
    expect(notices(tvChangeCourse, facts, { course: 'tv.mini-stb', channels: '' })).toEqual([
      ...['starts-next-day', 'return-old-box', 'bundle-recomposed', 'bundle-excludes-tv'],
    ]);
  });

  it('lets nobody end a channel for the set through an answer that it does not ask for', () => {
    const channels = [has('tv-channel.tbs-1', { id: 'a' }), has('tv-channel.tbs-2', { id: 'bb' })];
    const draft = { course: 'tv.max-hitpot', channels: 'tv-channel.tbs-set', end: 'a,bb' };
    expect(tvChangeCourse.problems(contextOf(demoFacts(3, channels)), draft)).toContainEqual({
      question: 'end',
      problem: 'malformed',
    });
  });

  it('says nothing of a bundle that has no TV in it (p.55)', () => {
    const mini = contractOf(3, 'c3-tv', { offeringId: 'tv.mini-hitpot', monthlyYen: 3_080 });
    const quote = quoteOf(tvChangeCourse, demoFacts(2, [mini]), { course: 'tv.max-hitpot', channels: '' });
    expect(quote).toMatchObject({ kind: 'total', newTotalYen: 5_183 + 8_690 });
    expect(quote.notices).toEqual([{ id: 'starts-next-day' }]);
  });

  it('asks whether to rent only those who own their box and keep it', () => {
    const owner = demoFacts(3, [contractOf(3, 'c3-tv', { provision: 'purchase' })]);
    const draft = { course: 'tv.big-hitpot', channels: '' };
    expect(tvChangeCourse.problems(contextOf(owner), draft)).toEqual([{ question: 'provision', problem: 'missing' }]);
    expect(tvChangeCourse.problems(contextOf(owner), { ...draft, course: 'tv.big-bd' })).toEqual([]);
    expect(tvChangeCourse.problems(contextOf(demoFacts(3)), draft)).toEqual([]);
  });

  it('rents out another kind of box, also to who owned the last one, and wants a rented one back', () => {
    const draft = { course: 'tv.big-bd', channels: '', provision: 'unchanged' };
    for (const provision of ['purchase', 'rental'] as const) {
      const facts = demoFacts(3, [contractOf(3, 'c3-tv', { provision })]);
      expect(tvChangeCourse.changes(contextOf(facts), draft)).toEqual({
        ok: true,
        value: [{ action: 'modify', contractId: 'c3-tv', offeringId: 'tv.big-bd', provision: 'rental' }],
      });
      expect(notices(tvChangeCourse, facts, draft).includes('return-old-box')).toBe(provision === 'rental');
    }
    expect(notices(tvChangeCourse, demoFacts(3), { ...draft, course: 'tv.big-hitpot' })).not.toContain(
      'return-old-box',
    );
  });
});

describe('tv.swap-box', () => {
  it('offers the other boxes of the same course, at its price with them (p.56, 60)', () => {
    expect(offered(tvSwapBox, demoFacts(1), 'box')).toEqual([
      ['tv.alpha-ace-bd', 'current'],
      ['tv.alpha-ace-hitpot', null],
      ['tv.alpha-ace-stb', null],
    ]);
    const quote = quoteOf(tvSwapBox, demoFacts(1), { box: 'tv.alpha-ace-hitpot' });
    expect(quote).toMatchObject({ kind: 'later', reason: 'form' });
    expect(known(quote)).toEqual([['tv.alpha-ace-bd', 'tv.alpha-ace-hitpot', 5_610]]);
  });

  it('has nothing for a course with one box, and for no course', () => {
    const standard = demoFacts(6, [has('tv.standard-hitpot')]);
    expect(tvSwapBox.availability(contextOf(standard))).toMatchObject({ reason: 'no-other-box' });
    expect(tvSwapBox.availability(contextOf(demoFacts(6)))).toMatchObject({ reason: 'no-tv-contract' });
  });
});

describe('tv.magazine', () => {
  it('is begun for 275 yen, or ended by who has it', () => {
    expect(known(quoteOf(tvMagazine, demoFacts(3), { magazine: 'subscribe' }))).toEqual([
      [undefined, 'tv.magazine', 275],
    ]);
    const reader = demoFacts(3, [has('tv.magazine')]);
    expect(offered(tvMagazine, reader, 'magazine')).toEqual([
      ['subscribe', 'current'],
      ['end', null],
    ]);
    expect(known(quoteOf(tvMagazine, reader, { magazine: 'end' }))).toEqual([['tv.magazine', undefined, undefined]]);
  });

  it('need not be begun where the course includes it', () => {
    const max = demoFacts(3, [contractOf(3, 'c3-tv', { offeringId: 'tv.max-hitpot' })]);
    expect(tvMagazine.availability(contextOf(max))).toMatchObject({ reason: 'magazine-included' });
  });
});

describe('tv.options', () => {
  const values = (facts: CustomerFacts): string[] =>
    offered(tvOptions, facts, 'channels').map(([value]) => value ?? '');

  it('adds and ends in one application, from the chosen day', () => {
    const quote = quoteOf(tvOptions, demoFacts(3), {
      ...{ channels: 'tv-channel.kbs', end: 'c3-tbs1,c3-asahi1', start: 'tv-channel.kbs=next-month' },
    });
    expect(quote).toMatchObject({ kind: 'later', feeStart: 'viewing-start-month' });
    expect(known(quote)).toEqual([
      ['tv-channel.tbs-1', undefined, undefined],
      ['tv-channel.tv-asahi-1', undefined, undefined],
      [undefined, 'tv-channel.kbs', 770],
    ]);
    expect(quote.kind === 'later' ? quote.knownLines.at(-1)?.after?.characteristics : null).toEqual({
      start: 'next-month',
    });
  });

  it('begins each channel on its own day (p.62)', () => {
    const channels = 'tv-channel.kbs,tv-channel.toei';
    const start = (answer: string) =>
      tvOptions.problems(contextOf(demoFacts(6, [has('tv.mini-hitpot')])), { channels, start: answer });
    expect(start('tv-channel.kbs=next-day')).toEqual([{ question: 'start', problem: 'missing' }]);
    expect(start('tv-channel.kbs=next-day,tv-channel.toei=yesterday')).toEqual([
      { question: 'start', problem: 'not-offered' },
    ]);
    expect(start('tv-channel.kbs=next-day,tv-channel.toei=next-day,tv-channel.knt=next-day')).toEqual([
      { question: 'start', problem: 'not-offered' },
    ]);
    expect(start('next-day')).toEqual([{ question: 'start', problem: 'malformed' }]);
    const each = 'tv-channel.kbs=next-day,tv-channel.toei=next-month';
    const quote = quoteOf(tvOptions, demoFacts(3), { channels, end: '', start: each });
    expect(quote.kind === 'later' ? quote.knownLines.map(({ after }) => after?.characteristics) : []).toEqual([
      { start: 'next-day' },
      { start: 'next-month' },
    ]);
  });

  it('keeps the days of the channels that stay chosen', () => {
    const draft = { channels: 'tv-channel.kbs', end: '', start: 'tv-channel.kbs=next-day,tv-channel.toei=next-month' };
    expect(keepValid(tvOptions, contextOf(demoFacts(3)), draft)).toEqual({
      draft: { ...draft, start: 'tv-channel.kbs=next-day' },
      dropped: [],
    });
  });

  it('takes further changes while one is on its way, but of no channel twice (p.63)', () => {
    const facts = demoFacts(3, [
      has('tv-channel.kbs', { id: 'order:1:1', status: 'created', changePending: true }),
      contractOf(3, 'c3-tbs1', { changePending: true }),
    ]);
    expect(tvOptions.availability(contextOf(facts))).toEqual({ available: true });
    expect(offered(tvOptions, facts, 'channels')).toContainEqual(['tv-channel.kbs', 'change-pending']);
    expect(offered(tvOptions, facts, 'end')).toContainEqual(['c3-tbs1', 'change-pending']);
    expect(
      tvOptions.problems(contextOf(facts), { channels: 'tv-channel.kbs', end: '', start: 'tv-channel.kbs=next-day' }),
    ).toEqual([
      { question: 'channels', problem: 'not-offered' },
      { question: 'start', problem: 'not-offered' },
    ]);
    // The one that ends already needs no second end before the set.
    const set = { channels: 'tv-channel.tbs-set', end: 'c3-tbs2', start: 'tv-channel.tbs-set=next-day' };
    expect(tvOptions.problems(contextOf(facts), set)).toEqual([]);
  });

  it('asks for the day only when something begins, and wants something chosen', () => {
    const problems = (draft: Draft) => tvOptions.problems(contextOf(demoFacts(3)), draft);
    expect(problems({ channels: '', end: 'c3-tbs1' })).toEqual([]);
    expect(quoteOf(tvOptions, demoFacts(3), { channels: '', end: 'c3-tbs1' }).feeStart).toBe('told-by-staff');
    expect(problems({ channels: 'tv-channel.kbs', end: '' })).toEqual([{ question: 'start', problem: 'missing' }]);
    expect(problems({ channels: '', end: '' })).toEqual([
      { question: 'channels', problem: 'forbidden', rule: 'nothing-chosen' },
    ]);
  });

  it('allows the set once its channels end with it', () => {
    const problems = (end: string) =>
      tvOptions.problems(contextOf(demoFacts(3)), {
        ...{ channels: 'tv-channel.tbs-set', end, start: 'tv-channel.tbs-set=next-day' },
      });
    expect(problems('')).toMatchObject([{ rule: 'set-and-single' }]);
    expect(problems('c3-tbs1')).toMatchObject([{ rule: 'set-and-single' }]);
    expect(problems('c3-tbs1,c3-tbs2')).toEqual([]);
  });

  it('offers the channels of a set that ends, but not the set itself again', () => {
    const facts = demoFacts(6, [has('tv.mini-hitpot'), has('tv-channel.tbs-set', { id: 'set' })]);
    const answers = { channels: 'tv-channel.tbs-1', start: 'tv-channel.tbs-1=next-day' };
    const problems = (draft: Draft) => tvOptions.problems(contextOf(facts), draft);
    expect(problems({ ...answers, end: 'set' })).toEqual([]);
    expect(problems({ ...answers, end: '' })).toContainEqual({ question: 'channels', problem: 'not-offered' });
    const again = { channels: 'tv-channel.tbs-set', start: 'tv-channel.tbs-set=next-day', end: 'set' };
    expect(problems(again)).toContainEqual({ question: 'channels', problem: 'not-offered' });
    const ending = demoFacts(6, [has('tv.mini-hitpot'), has('tv-channel.tbs-set', { changePending: true })]);
    expect(tvOptions.problems(contextOf(ending), { ...answers, end: '' })).toEqual([]);
  });

  it('shows club offers to members, and the platinum one to platinum members (p.62)', () => {
    const clubs = (facts: CustomerFacts): string[] => values(facts).filter((id) => id.endsWith('-club'));
    expect(clubs(demoFacts(3))).toEqual([]);
    const member = ['tv-channel.cnn-club', 'tv-channel.toei-club', 'tv-channel.wowow-plus-club'];
    expect(clubs(demoFacts(3, [has('club.royal')]))).toEqual(member);
    expect(clubs(demoFacts(3, [has('club.royal-platinum')])).toSorted()).toEqual(
      [...member, 'tv-channel.eisei-gekijo-club'].toSorted(),
    );
  });

  it('sells no channel beside its club offer, unless that takes its place (p.62)', () => {
    const both = { ...{ course: 'tv.mini-hitpot', magazine: 'no' }, channels: 'tv-channel.cnn,tv-channel.cnn-club' };
    const broken = { question: 'channels', problem: 'forbidden', rule: 'set-and-single' };
    expect(tvApply.problems(contextOf(demoFacts(6, [has('club.royal')])), both)).toEqual([broken]);
    const facts = demoFacts(3, [has('club.royal'), has('tv-channel.cnn', { id: 'c3-cnn' })]);
    const club = { channels: 'tv-channel.cnn-club', start: 'tv-channel.cnn-club=next-day' };
    expect(tvOptions.problems(contextOf(facts), { ...club, end: '' })).toEqual([broken]);
    expect(tvOptions.problems(contextOf(facts), { ...club, end: 'c3-cnn' })).toEqual([]);
    expect(values(demoFacts(3, [has('club.royal'), has('tv-channel.cnn-club')]))).not.toContain('tv-channel.cnn');
  });

  it('tells from when Star Channel is charged to who chooses it (p.63)', () => {
    const chosen = (channels: string) => notices(tvOptions, demoFacts(1), { channels, start: `${channels}=next-day` });
    expect(chosen('tv-channel.star')).toEqual(['viewing-from-six', 'viewing-signal', 'star-channel-fee']);
    expect(chosen('tv-channel.kbs')).toEqual(['viewing-from-six', 'viewing-signal']);
  });
});

describe('video.apply-box', () => {
  it.each([
    [1, { available: false, reason: 'no-fibre-internet' }],
    [2, { available: true }],
    [6, { available: false, reason: 'no-fibre-internet' }],
  ] as const)('is for customers with our own fibre internet: %i', (customer, expected) => {
    expect(videoApplyBox.availability(contextOf(demoFacts(customer)))).toEqual(expected);
  });

  it('costs 275 yen, and is in the plus courses (p.64, 69)', () => {
    expect(known(quoteOf(videoApplyBox, demoFacts(2), {}))).toEqual([[undefined, 'video.prime-box', 275]]);
    const plus = demoFacts(2, [has('tv.mini-plus-hitpot')]);
    expect(videoApplyBox.availability(contextOf(plus))).toMatchObject({ reason: 'video-included' });
  });
});
