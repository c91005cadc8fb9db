import type { Selectable } from 'kysely';
import { z } from 'zod';
import { DOCUMENT_SIDES, type DocumentSide } from '../../shared/domain/identity-policy.ts';
import type { PhonePictureTables } from '../store/tables/phone-pictures.ts';

export type HandOverRow = Selectable<PhonePictureTables['phone_hand_overs']>;

/** Of the document: what the policy wanted when it began. */
export function sidesOf({ sides }: Pick<HandOverRow, 'sides'>): DocumentSide[] {
  return z.array(z.enum(DOCUMENT_SIDES)).parse(JSON.parse(sides));
}
