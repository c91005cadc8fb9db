import { expect, it } from 'vitest';
import { seededRandom } from '../../../tests/setup/seeded-random.ts';
import { fullJitterMs, PROBE_BACKOFF, RESEND_BACKOFF } from './backoff.ts';

it.each([
  { backoff: RESEND_BACKOFF, failures: 1, longest: 1_000 },
  { backoff: RESEND_BACKOFF, failures: 4, longest: 8_000 },
  { backoff: RESEND_BACKOFF, failures: 7, longest: 60_000 },
  { backoff: RESEND_BACKOFF, failures: 100_000, longest: 60_000 },
  { backoff: PROBE_BACKOFF, failures: 9, longest: 10_000 },
])(
  'after $failures failures in a row waits anything up to $longest ms, each as likely',
  ({ backoff, failures, longest }) => {
    const random = seededRandom(failures);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 10_000; draw += 1) {
      const tenth = Math.floor((10 * fullJitterMs(backoff, failures, random)) / longest);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const times of tenths) expect(Math.abs(times - 1_000)).toBeLessThan(200);
  },
);
