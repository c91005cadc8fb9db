import { expect, it } from 'vitest';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { IdentifiedPerson, Photographed } from '../../../../shared/domain/identity-policy.ts';
import { withTaken } from './taken.ts';

const take = (side: Photographed, person: IdentifiedPerson = 'contractor'): Taken => ({
  captureId: side.padEnd(64, '0'),
  shows: { person, document: 'drivers-licence', side },
  byPhone: false,
  looks: [],
  likeness: side === 'face' ? 'alike' : null,
  tilt: side === 'face' ? { to: 'left', isSeen: true } : null,
});

it('keeps no tilted picture and no face of a front that was photographed anew, as the terminal does', () => {
  const all = [take('front'), take('back'), take('thickness'), take('face'), take('thickness', 'user')];
  const front = take('front');
  expect(withTaken(all, front)).toEqual([take('back'), take('thickness', 'user'), front]);
  expect(withTaken(all, take('back'))).toHaveLength(5);
});
