import { describe, expect, it } from 'vitest';
import { createPageKeeper } from './page-keeper.ts';

function keeper() {
  const done: string[] = [];
  let now = 0;
  const note = (what: string) => () => {
    done.push(what);
  };
  const { failed } = createPageKeeper({
    monotonic: () => now,
    wipe: note('wipe'),
    showGreeting: note('greeting'),
    showServiceScreen: note('service'),
    giveUp: note('give up'),
  });
  return {
    failAfter: (minutes: number) => {
      now += minutes * 60_000;
      failed();
      return done.splice(0);
    },
  };
}

describe('the keeper of the page', () => {
  it('goes back to the greeting, wiped first', () => {
    expect(keeper().failAfter(60)).toEqual(['wipe', 'greeting']);
  });

  it('shows the service screen at the third failure in a row, and gives up when that fails too', () => {
    const { failAfter } = keeper();
    expect(failAfter(0)).toEqual(['wipe', 'greeting']);
    expect(failAfter(9)).toEqual(['wipe', 'greeting']);
    expect(failAfter(9)).toEqual(['wipe', 'service']);
    expect(failAfter(60)).toEqual(['wipe', 'give up']);
  });

  it('counts anew after a page that ran well', () => {
    const { failAfter } = keeper();
    failAfter(1);
    failAfter(1);
    expect(failAfter(10)).toEqual(['wipe', 'greeting']);
    expect(failAfter(1)).toEqual(['wipe', 'greeting']);
    expect(failAfter(1)).toEqual(['wipe', 'service']);
  });
});
