import type { Selectable } from 'kysely';
import { z } from 'zod';
import { PICTURE_KINDS, type PictureKind } from '../../shared/domain/identity-policy.ts';
import type { PhonePictureTables } from '../store/tables/phone-pictures.ts';

export type HandOverRow = Selectable<PhonePictureTables['phone_hand_overs']>;

/** Of the document: what the policy wanted when it began. */
export function sidesOf({ sides }: Pick<HandOverRow, 'sides'>): PictureKind[] {
  return z.array(z.enum(PICTURE_KINDS)).parse(JSON.parse(sides));
}
