import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatReceiptNumber, isReceiptNumber } from './receipt-number.ts';

it('reads terminal, date, counter and check character', () => {
  expect(formatReceiptNumber('T01', '2026-11-24', 7)).toMatch(/^T01-261124-0007-[0-9A-Z]$/);
});

it('notices every single wrong digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12_000 }), fc.nat(), fc.integer({ min: 1, max: 9 }), (counter, at, by) => {
      const number = formatReceiptNumber('T01', '2026-11-24', counter);
      expect(isReceiptNumber(number)).toBe(true);
      const digits = [...number.matchAll(/\d/g)]
        .map((match) => match.index)
        .filter((index) => index < number.length - 1);
      const index = digits[at % digits.length] ?? 0;
      const wrong = `${number.slice(0, index)}${(Number(number[index]) + by) % 10}${number.slice(index + 1)}`;
      expect(isReceiptNumber(wrong)).toBe(false);
    }),
  );
});
