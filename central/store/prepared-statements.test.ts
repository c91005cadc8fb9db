import { expect, it } from 'vitest';
import { prepareStatements } from './prepared-statements.ts';

it('names what comes often, always the same and no more than there may be, and nothing whose columns may grow', () => {
  const nameOf = prepareStatements();
  const often = (text: string) => Array.from({ length: 6 }, () => nameOf(text)).slice(-2);
  expect(nameOf('select a from b where c = $1')).toBeUndefined();
  const [name, again] = often('select a from b where c = $1');
  expect([typeof name, again]).toEqual(['string', name]);
  expect(often('select * from b where c = $1')).toEqual([undefined, undefined]);
  const names = new Set(Array.from({ length: 500 }, (_, at) => often(`select a${at} from b where c = $1`)).flat());
  names.delete(undefined);
  expect(names.size).toBe(199);
  expect(nameOf('select a from b where c = $1')).toBe(name);
  // Each once: none is kept for that.
  for (let at = 0; at < 5_000; at += 1) expect(nameOf(`select b${at}`)).toBeUndefined();
});
