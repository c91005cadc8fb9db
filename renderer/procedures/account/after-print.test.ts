import { expect, it } from 'vitest';
import { afterPrint } from './after-print.ts';

it('tells only of what is taken back that it is', () => {
  const refused = (code: string) => afterPrint({ kind: 'refused', error: { code } });
  expect(refused('NOT_HELD')).toEqual({ kind: 'not-held' });
  expect(refused('ALREADY_PRINTED')).toEqual({ kind: 'paper', paper: { kind: 'printed' } });
  expect(afterPrint({ kind: 'link-lost' })).toEqual({ kind: 'taken-back', isRevoked: false });
});
