import type { TiltFlaw } from '../../../../shared/domain/face.ts';
import type { Photographed } from '../../../../shared/domain/identity-policy.ts';
import type { Guidance } from '../../../devices/camera/watch-camera.ts';

const OF_TILT = ['ready', 'no-face', 'other-face', 'not-tilted'] as const;

/** Of the text that says what a picture lacks: a face is told in words of its own, and some of a tilted head. */
export function guidanceKey(side: Photographed | 'tilt', guidance: Guidance | TiltFlaw): string {
  if (side === 'tilt') {
    const isOwn = OF_TILT.some((own) => own === guidance);
    return isOwn ? `capture:tilt.guidance.${guidance}` : `capture:face.guidance.${guidance}`;
  }
  return side === 'face' ? `capture:face.guidance.${guidance}` : `capture:guidance.${guidance}`;
}
