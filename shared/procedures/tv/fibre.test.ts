import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../../tests/builders/demo.ts';
import { offeringsOf } from '../../domain/catalog.ts';
import type { CustomerFacts } from '../../domain/contract.ts';
import { optionsOf } from '../asked.ts';
import { tvChangeCourse } from './change-course.ts';

const CABLE_ONLY = offeringsOf(realCatalog, 'tv-course')
  .filter(({ forNew }) => !forNew)
  .map(({ id }) => id);
const FIBRE = ['mini', 'standard', 'max', 'mini-plus', 'standard-plus', 'max-plus'].map((name) => `tv.${name}-hitpot`);

const withTv = (offeringId: string, notAtAddress: string[] = []): CustomerFacts => ({
  ...demoFacts(3, [contractOf(3, 'c3-tv', { offeringId })]),
  notAtAddress,
});
const offered = (facts: CustomerFacts): string[] =>
  optionsOf(tvChangeCourse.steps, 'course', contextOf(facts), {}).map(({ value }) => value);
const terms = (facts: CustomerFacts, course = ''): readonly string[] =>
  tvChangeCourse.termsFor(contextOf(facts), { course });

describe('what a TV can be changed to goes by the contract (p.56)', () => {
  it('over fibre: the courses for fibre, and its terms (p.52, 54)', () => {
    const facts = withTv('tv.standard-hitpot');
    expect(offered(facts).toSorted()).toEqual(FIBRE.toSorted());
    const cards = optionsOf(tvChangeCourse.steps, 'course', contextOf(facts), {});
    expect(cards.find(({ value }) => value === 'tv.standard-hitpot')?.disabled).toBe('current');
    expect(terms(facts)).toEqual(['common', 'hikari-tv', 'milplus', 'b-cas', 'price-list']);
    expect(tvChangeCourse.problems(contextOf(facts), { course: 'tv.big-bd', channels: '' })).toEqual([
      { question: 'course', problem: 'not-offered' },
    ]);
  });

  it('over cable: the list of p.56, and its terms (p.59)', () => {
    const facts = withTv('tv.mini-stb');
    expect(offered(facts)).toHaveLength(11);
    expect(offered(facts)).not.toContain('tv.standard-hitpot');
    expect(terms(facts)).toEqual(['common', 'cable-tv', 'b-cas', 'price-list']);
  });

  it('a course of both lists is taken for cable, unless nothing of cable’s can be had there', () => {
    expect(offered(withTv('tv.mini-hitpot'))).toContain('tv.big-bd');
    expect(offered(withTv('tv.mini-hitpot', CABLE_ONLY)).toSorted()).toEqual(FIBRE.toSorted());
    expect(terms(withTv('tv.mini-hitpot', CABLE_ONLY))).toContain('hikari-tv');
  });

  it('without contracts: all of them, and the terms of what is chosen', () => {
    const unknown: CustomerFacts = { kind: 'unknown', customerNumber: '1000000003' };
    expect(offered(unknown)).toHaveLength(15);
    expect(terms(unknown, 'tv.big-bd')).toEqual(['common', 'cable-tv', 'b-cas', 'price-list']);
    expect(terms(unknown, 'tv.standard-hitpot')).toEqual(['common', 'hikari-tv', 'milplus', 'b-cas', 'price-list']);
    expect(terms(unknown, 'tv.mini-hitpot')).toHaveLength(6);
  });
});
