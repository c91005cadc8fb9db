import { describe, expect, it } from 'vitest';
import { idle, type IdleState, idleTimes, secondsLeft, unwarned, watchFrom } from './idle.ts';

const times = { warnAfterMs: 60_000, warningMs: 20_000 };
const tick = (state: IdleState, at: number) => idle(times, state, { type: 'ticked', at });

describe('the idle machine', () => {
  it('warns when nothing was touched for so long, and ends when the warning has run out', () => {
    const start = watchFrom(1_000);
    expect(tick(start, 60_999)).toBe(start);
    const warning = tick(start, 61_000);
    expect(warning).toEqual({ kind: 'warning', endsAt: 81_000 });
    expect(tick(warning, 80_999)).toBe(warning);
    expect(tick(warning, 81_000)).toEqual({ kind: 'ended' });
  });

  it('starts anew with each touch', () => {
    const touched = idle(times, watchFrom(0), { type: 'touched', at: 59_000 });
    expect(tick(touched, 60_000)).toEqual(watchFrom(59_000));
  });

  it('asks for an answer while it warns: a stray touch is none, continuing is', () => {
    const warning = tick(watchFrom(0), 60_000);
    expect(idle(times, warning, { type: 'touched', at: 70_000 })).toBe(warning);
    expect(idle(times, warning, { type: 'continued', at: 70_000 })).toEqual(watchFrom(70_000));
  });

  it('shows the whole warning after the page was suspended', () => {
    expect(tick(watchFrom(0), 3_600_000)).toEqual({ kind: 'warning', endsAt: 3_620_000 });
  });

  it('counts every touch of who is not warned, up to the end', () => {
    const silent = unwarned(times);
    const touched = idle(silent, watchFrom(0), { type: 'touched', at: 79_000 });
    expect(idle(silent, touched, { type: 'ticked', at: 81_000 })).toEqual(watchFrom(79_000));
    const over = idle(silent, watchFrom(0), { type: 'ticked', at: 80_000 });
    expect(idle(silent, over, { type: 'ticked', at: 80_000 })).toEqual({ kind: 'ended' });
  });

  it('stays ended', () => {
    const ended = { kind: 'ended' } as const;
    expect(idle(times, ended, { type: 'continued', at: 1 })).toBe(ended);
    expect(idle(times, ended, { type: 'touched', at: 1 })).toBe(ended);
  });

  it('gives a mail its five minutes before anybody is warned', () => {
    const settings = { warnAfterSeconds: 90, warningSeconds: 30 };
    expect(idleTimes(settings, false)).toEqual({ warnAfterMs: 90_000, warningMs: 30_000 });
    expect(idleTimes(settings, true)).toEqual({ warnAfterMs: 390_000, warningMs: 30_000 });
  });

  it('counts whole seconds down to zero', () => {
    expect(secondsLeft(20_000, 0)).toBe(20);
    expect(secondsLeft(20_000, 19_001)).toBe(1);
    expect(secondsLeft(20_000, 25_000)).toBe(0);
  });
});
