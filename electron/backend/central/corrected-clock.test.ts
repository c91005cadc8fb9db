import { expect, it } from 'vitest';
import { businessClockFrom, createCorrectedClock } from './corrected-clock.ts';

const TRUE_TIME = Date.UTC(2026, 10, 24, 3);
const header = (epochMs: number): string => new Date(epochMs).toUTCString();

it('learns from central and is not moved when the machine is set afterwards', () => {
  let machine = Date.UTC(2016, 0, 1);
  let ticks = 0;
  const clock = createCorrectedClock(
    () => machine,
    () => ticks,
  );
  expect(clock.now()).toBe(Date.UTC(2016, 0, 1));
  clock.asking()(header(TRUE_TIME));
  machine = Date.UTC(2099, 0, 1);
  ticks = 5_000;
  expect(clock.now()).toBe(TRUE_TIME + 5_000);
});

it('is not put back by an answer that was long on its way, and halves the doubt where it has to learn from one', () => {
  let ticks = 0;
  const clock = createCorrectedClock(
    () => TRUE_TIME,
    () => ticks,
  );
  const learn = clock.asking();
  ticks = 12_000;
  learn(header(TRUE_TIME));
  expect(clock.now()).toBe(TRUE_TIME + 12_000);
  learn(header(TRUE_TIME - 3_600_000));
  expect(clock.now()).toBe(TRUE_TIME - 3_600_000 + 6_000);
});

it.each([
  ['no header', null],
  ['nonsense', 'soon'],
  ["a server whose clock isn't set", header(0)],
  ['what only rounds differently', header(TRUE_TIME + 1_000)],
])('keeps its time on %s', (_name, date) => {
  const clock = createCorrectedClock(
    () => TRUE_TIME,
    () => 0,
  );
  clock.asking()(date);
  expect(clock.now()).toBe(TRUE_TIME);
});

it('runs a demo clock on from where it was started, whatever central says', () => {
  let ticks = 0;
  const corrected = createCorrectedClock(
    () => TRUE_TIME,
    () => ticks,
  );
  const business = businessClockFrom(Date.UTC(2030, 0, 1), () => ticks)(corrected.now);
  ticks = 1_000;
  corrected.asking()(header(Date.UTC(2027, 0, 1)));
  expect(business()).toBe(Date.UTC(2030, 0, 1) + 1_000);
});
