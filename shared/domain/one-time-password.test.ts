import { describe, expect, it } from 'vitest';
import { makeOneTimePassword, oneTimeAsTyped, oneTimeGrouped, oneTimeNumber } from './one-time-password.ts';

describe('one-time passwords', () => {
  it('are twelve digits, in groups for the eye', () => {
    let at = 0;
    const password = makeOneTimePassword((below) => at++ % below);
    expect(password).toBe('012345678901');
    expect(oneTimeGrouped(password)).toBe('0123 4567 8901');
    expect(oneTimeNumber(password)).toBe('01234');
  });

  it.each(['012345678901', '0123 4567 8901', '０１２３　４５６７　８９０１', '0123-4567-8901', ' 0123ー4567−8901 '])(
    'is read from %s',
    (typed) => expect(oneTimeAsTyped(typed)).toBe('012345678901'),
  );

  it.each(['', '01234567890', '0123456789012', '01234567890a', '0123 4567 890%', '一二三四五六七八九十一二'])(
    'is not %s',
    (typed) => expect(oneTimeAsTyped(typed)).toBeNull(),
  );
});
