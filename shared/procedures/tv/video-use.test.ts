import { expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts } from '../../../tests/builders/demo.ts';
import { videoUse } from './video-use.ts';

const withTv = (offeringId: string) => contextOf(demoFacts(3, [contractOf(3, 'c3-tv', { offeringId })]));

it.each([
  ['tv.mini-plus-hitpot', { services: ['plus-course'], rental: 'yes', prime: 'included' }],
  ['tv.max-plus-hitpot', { services: ['plus-course'], rental: 'yes', prime: 'included' }],
  ['tv.standard-hitpot', { services: ['course'], rental: 'with-fibre-tv', prime: 'none' }],
  // Cable television's own courses stand in no column of the table.
  ['tv.max-bd', { services: [], rental: 'no', prime: 'none' }],
  ['tv.mini-stb', { services: [], rental: 'no', prime: 'none' }],
  ['tv.alpha-ace-bd', { services: [], rental: 'no', prime: 'none' }],
  ['tv.big-stb', { services: [], rental: 'no', prime: 'none' }],
])('%s', (offeringId, use) => {
  expect(videoUse(withTv(offeringId))).toEqual(use);
});

it('is a paid option of fibre internet, with or without television', () => {
  expect(videoUse(contextOf(demoFacts(2)))).toEqual({ services: ['fibre-internet'], rental: 'yes', prime: 'option' });
  const box = contractOf(2, 'c2-modem', { id: 'box', offeringId: 'video.prime-box' });
  expect(videoUse(contextOf(demoFacts(2, [box])))).toEqual({
    services: ['fibre-internet'],
    rental: 'yes',
    prime: 'contracted',
  });
});

it('is nothing for someone without contracts', () => {
  expect(videoUse(contextOf(demoFacts(6)))).toEqual({ services: [], rental: 'no', prime: 'none' });
});
