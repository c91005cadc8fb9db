import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog } from '../../tests/builders/demo.ts';
import { offeringsOf } from '../domain/catalog.ts';
import type { Contract, CustomerFacts } from '../domain/contract.ts';
import { energyApply } from './energy/apply.ts';
import { homeAddDevices } from './home/add-devices.ts';
import { internetChangeCourse } from './internet/change-course.ts';
import { internetChangeOther } from './internet/change-other.ts';
import { nhkApply } from './other/apply-nhk.ts';
import { planRecommended } from './plan/recommended.ts';
import { optionsOf } from './asked.ts';
import type { Procedure } from './procedure.ts';
import { tvChangeCourse } from './tv/change-course.ts';

const availability = (procedure: Procedure, facts: CustomerFacts) => procedure.availability(contextOf(facts));
const not = (reason: string) => ({ available: false, reason });
const tv = (id: string, offeringId: string, status: Contract['status'] = 'active'): Contract =>
  contractOf(3, 'c3-tv', { id, offeringId, status });

describe('what is to be changed', () => {
  it('is left to staff where a plan would take the place of one of several', () => {
    expect(availability(planRecommended, demoFacts(1))).toEqual({ available: true });
    const second = contractOf(1, 'c1-tv', { id: 'second', offeringId: 'tv.mini-hitpot' });
    expect(availability(planRecommended, demoFacts(1, [second]))).toEqual(not('several-contracts'));
  });

  it('may be on its way', () => {
    expect(availability(tvChangeCourse, demoFacts(2))).toEqual(not('no-tv-contract'));
    const ordered = tv('order:1:1', 'tv.mini-hitpot', 'created');
    expect(availability(tvChangeCourse, demoFacts(2, [ordered]))).toEqual(not('change-pending'));
  });

  it('is not offered where none of the courses can be had', () => {
    const notAtAddress = [...offeringsOf(realCatalog, 'internet-course'), ...offeringsOf(realCatalog, 'tv-course')]
      .filter((offering) => offering.type === 'tv-course' || offering.list === 'kattobi')
      .map(({ id }) => id);
    expect(availability(internetChangeCourse, { ...demoFacts(2), notAtAddress })).toEqual(not('nothing-at-address'));
    expect(availability(tvChangeCourse, { ...demoFacts(3), notAtAddress })).toEqual(not('nothing-at-address'));
    expect(availability(internetChangeCourse, demoFacts(3))).toEqual({ available: true });
    expect(availability(internetChangeOther, demoFacts(3))).toEqual({ available: true });
  });
});

it('takes the NHK payment of who uses a service of the operator’s own, and lets who has it change it (p.107)', () => {
  const facts = demoFacts(5);
  expect(availability(nhkApply, facts)).toEqual(not('no-service'));
  const paid = contractOf(3, 'c3-tv', { id: 'nhk', offeringId: 'nhk.2-months', group: 'other' });
  expect(availability(nhkApply, demoFacts(5, [paid]))).toEqual({ available: true });
  expect(availability(nhkApply, demoFacts(3))).toEqual({ available: true });
});

it('takes gas while electricity is on its way (p.105)', () => {
  const ordered = contractOf(5, 'c5-denki', { id: 'order:1:1', status: 'created' });
  const facts = { ...demoFacts(6), contracts: [ordered] };
  expect(availability(energyApply, facts)).toEqual({ available: true });
  const cards = optionsOf(energyApply.steps, 'services', contextOf(facts), {});
  expect(cards.map(({ value, disabled }) => [value, disabled])).toEqual([
    ['energy.denki', 'change-pending'],
    ['energy.gas', null],
  ]);
  const gas = { ...ordered, id: 'order:1:2', offeringId: 'energy.gas' };
  expect(availability(energyApply, { ...facts, contracts: [ordered, gas] })).toEqual(not('change-pending'));
});

it('lets a speaker follow a controller that is on its way (p.46)', () => {
  const answers = { rented: 'home.speaker=1', bought: '' };
  const without = {
    ...demoFacts(8),
    contracts: demoFacts(8).contracts.filter((c) => c.offeringId !== 'home.controller'),
  };
  expect(homeAddDevices.problems(contextOf(without), answers)).not.toEqual([]);
  const [home] = without.contracts;
  if (home === undefined) throw new Error('no HOME');
  const ordered = { ...home, id: 'order:1:1', offeringId: 'home.controller', status: 'created' as const };
  const facts = { ...without, contracts: [...without.contracts, ordered] };
  expect(homeAddDevices.problems(contextOf(facts), answers)).toEqual([]);
});
