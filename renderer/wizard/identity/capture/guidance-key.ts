import type { FaceFlaw } from '../../../../shared/domain/face.ts';
import type { Photographed } from '../../../../shared/domain/identity-policy.ts';
import type { Guidance } from '../../../devices/camera/watch-camera.ts';

/** Of the text that says what a picture lacks: a face is told in words of its own. */
export function guidanceKey(side: Photographed, guidance: Guidance | FaceFlaw): string {
  return side === 'face' ? `capture:face.guidance.${guidance}` : `capture:guidance.${guidance}`;
}
