import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ISSUED_ALPHABET, ISSUED_LENGTH, issuePassword } from './issued-password.ts';
import { passwordReading } from './password-reading.ts';

const LOOK_ALIKES = [
  ...['0Oo', '1lIi', '2Zz', '5Ss', '6bG', '8B', '9gq'],
  ...['Cc', 'Jj', 'Kk', 'Pp', 'Uu', 'Vv', 'Ww', 'Xx', 'Yy'],
];

describe('issued passwords', () => {
  it.each(LOOK_ALIKES)('holds one at most of %s', (group) => {
    expect(Array.from(group).filter((character) => ISSUED_ALPHABET.includes(character)).length).toBeLessThanOrEqual(1);
  });

  it('names each character once', () => {
    expect(new Set(ISSUED_ALPHABET).size).toBe(ISSUED_ALPHABET.length);
  });

  it('always has a digit, a capital and a small letter, and can be read out', () => {
    for (let made = 0; made < 200; made += 1) {
      const password = issuePassword((below) => randomInt(below));
      expect(password).toMatch(/^(?=.*\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z\d]+$/);
      expect(password).toHaveLength(ISSUED_LENGTH);
      expect(passwordReading(password)).toHaveLength(ISSUED_LENGTH);
    }
  });

  it('reaches every character of its alphabet', () => {
    const seen = new Set(
      Array.from({ length: 500 }, () => Array.from(issuePassword((below) => randomInt(below)))).flat(),
    );
    expect([...seen].sort().join('')).toBe(Array.from(ISSUED_ALPHABET).sort().join(''));
  });
});
