import { expect, it } from 'vitest';
import { percentile } from './figure.ts';
import { simulateHerd } from './herd.ts';

const TERMINALS = 1_000;
/** As many to each terminal as where 5,000 of them meet a central of 200 a second. */
const PER_SECOND = 40;

it('brings central no more than it can do when an outage ends for a thousand terminals at once', async () => {
  const { peak, late } = await simulateHerd({ terminals: TERMINALS, perSecond: PER_SECOND });
  expect(peak).toBeLessThanOrEqual(PER_SECOND);
  expect(percentile(late, 0.99)).toBeLessThan((2.5 * 1_000 * late.length) / PER_SECOND);
});
