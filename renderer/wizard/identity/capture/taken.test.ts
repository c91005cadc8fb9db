import { expect, it } from 'vitest';
import type { Taken } from '../../../../shared/contract/captures.ts';
import type { IdentifiedPerson, PictureKind } from '../../../../shared/domain/identity-policy.ts';
import { withTaken } from './taken.ts';

const take = (side: PictureKind, person: IdentifiedPerson = 'contractor'): Taken => ({
  captureId: side.padEnd(64, '0'),
  shows: { person, document: 'drivers-licence', side },
  byPhone: false,
  looks: [],
});

it('keeps no tilted picture of a front that was photographed anew, as the terminal does', () => {
  const all = [take('front'), take('back'), take('thickness'), take('thickness', 'user')];
  const front = take('front');
  expect(withTaken(all, front)).toEqual([take('back'), take('thickness', 'user'), front]);
  expect(withTaken(all, take('back'))).toHaveLength(4);
});
