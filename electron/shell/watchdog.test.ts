import { describe, expect, it } from 'vitest';
import type { Timers } from '../backend/ports.ts';
import { feedWatchdog } from './watchdog.ts';

function start(env: NodeJS.ProcessEnv) {
  const waiting = new Set<{ milliseconds: number; callback: () => void }>();
  const timers: Timers = {
    after: (milliseconds, callback) => {
      const timer = { milliseconds, callback };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
  };
  let told = 0;
  const stop = feedWatchdog({
    env,
    timers,
    tell: () => {
      told += 1;
    },
  });
  const fire = (): void => {
    const [timer] = waiting;
    if (timer === undefined) throw new Error('nothing waits');
    waiting.delete(timer);
    timer.callback();
  };
  return { stop, fire, told: () => told, waits: () => [...waiting].map(({ milliseconds }) => milliseconds) };
}

const underSystemd = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '60000000' };

describe('the watchdog of systemd', () => {
  it('is told at once and then twice in its time', () => {
    const watchdog = start(underSystemd);
    expect([watchdog.told(), watchdog.waits()]).toEqual([1, [30_000]]);
    watchdog.fire();
    watchdog.fire();
    expect([watchdog.told(), watchdog.waits()]).toEqual([3, [30_000]]);
  });

  it('is told nothing more at the end', () => {
    const watchdog = start(underSystemd);
    watchdog.fire();
    watchdog.stop();
    expect([watchdog.told(), watchdog.waits()]).toEqual([2, []]);
  });

  it.each([{}, { NOTIFY_SOCKET: '/run/systemd/notify' }, { WATCHDOG_USEC: '60000000' }])(
    'is told nothing where nobody asked: %j',
    (env) => {
      const watchdog = start(env);
      expect([watchdog.told(), watchdog.waits()]).toEqual([0, []]);
    },
  );
});
