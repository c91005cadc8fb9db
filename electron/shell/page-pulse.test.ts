import { describe, expect, it } from 'vitest';
import { watchPulse } from './page-pulse.ts';

function rig() {
  let now = 0;
  let next: { at: number; run: () => void } | null = null;
  let answers = true;
  let hung = 0;
  const pulse = watchPulse({
    monotonic: () => now,
    timers: {
      after: (milliseconds, run) => {
        const timer = { at: now + milliseconds, run };
        next = timer;
        return () => {
          if (next === timer) next = null;
        };
      },
    },
    ask: () => {
      if (answers) pulse.answered();
    },
    onHung: () => (hung += 1),
  });
  return {
    pulse,
    hang: () => {
      answers = false;
    },
    recover: () => {
      answers = true;
    },
    /** The machine's own timers stood still too. */
    sleep: (seconds: number) => {
      now += seconds * 1000;
    },
    pass: (seconds: number) => {
      const until = now + seconds * 1000;
      for (let timer = next; timer !== null && timer.at <= until; timer = next) {
        next = null;
        now = Math.max(now, timer.at);
        timer.run();
      }
      now = Math.max(now, until);
      return hung;
    },
  };
}

describe("the page's pulse", () => {
  it('lets a page be that answers', () => {
    const { pulse, pass } = rig();
    pulse.begin();
    expect(pass(3600)).toBe(0);
  });

  it('calls a page hung once, nine seconds after its last answer at the latest, and watches again when told', () => {
    const { pulse, pass, hang, recover } = rig();
    pulse.begin();
    pass(60);
    hang();
    expect(pass(7)).toBe(0);
    expect(pass(2)).toBe(1);
    expect(pass(60)).toBe(1);
    recover();
    pulse.begin();
    expect(pass(60)).toBe(1);
    hang();
    expect(pass(9)).toBe(2);
  });

  it('gives a page its whole time after the machine slept', () => {
    const { pulse, pass, sleep, hang } = rig();
    pulse.begin();
    pass(10);
    hang();
    sleep(3600);
    expect(pass(7)).toBe(0);
    expect(pass(2)).toBe(1);
  });

  it('is quiet when stopped', () => {
    const { pulse, pass, hang } = rig();
    pulse.begin();
    hang();
    pulse.stop();
    expect(pass(60)).toBe(0);
  });
});
