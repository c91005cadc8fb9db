import { z } from 'zod';
import { characteristicSchema, relatedPartySchema } from '../../shared/central-api/common.ts';

export const nameSchema = z.string().trim().min(1).max(200);

/** Attributes that persons and organizations share and that have a form to keep; others stay as they were sent. */
export const partyAttributes = {
  contactMedium: z.array(z.looseObject({ mediumType: z.string().min(1) })).optional(),
  partyCharacteristic: z.array(characteristicSchema).optional(),
  relatedParty: z.array(relatedPartySchema).optional(),
};
