import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftNumber, draftNumberAsTyped, draftNumberGrouped, lastDayOf } from './kept-draft.ts';

const ID = '01990000-0000-7000-8000-0123456789ab';

it('names a draft by ten digits that can be typed in any way', () => {
  const number = draftNumber(ID);
  expect(number).toMatch(/^\d{10}$/);
  expect(draftNumberGrouped(number)).toBe(`${number.slice(0, 5)} ${number.slice(5)}`);
  for (const typed of [number, ` ${draftNumberGrouped(number)}`, `${number.slice(0, 3)}-${number.slice(3)}`]) {
    expect(draftNumberAsTyped(typed)).toBe(number);
  }
  expect(draftNumberAsTyped(number.replaceAll(/\d/g, (digit) => '０１２３４５６７８９'.charAt(Number(digit))))).toBe(
    number,
  );
  for (const none of ['', '123456789', `${number}0`, 'abcdefghij']) expect(draftNumberAsTyped(none)).toBeNull();
});

it('notices each wrong digit', () => {
  fc.assert(
    fc.property(
      fc.uuid({ version: 7 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (id, at, by) => {
        const number = draftNumber(id);
        const wrong = (Number(number.charAt(at)) + by) % 10;
        expect(draftNumberAsTyped(`${number.slice(0, at)}${wrong}${number.slice(at + 1)}`)).toBeNull();
      },
    ),
  );
});

it('is kept to the end of the seventh day after', () => {
  expect(lastDayOf('2026-11-26')).toBe('2026-12-03');
  expect(lastDayOf('2027-02-25')).toBe('2027-03-04');
});
