import { oc } from '@orpc/contract';
import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { termsDocumentSchema, termsIdSchema } from '../domain/terms.ts';

export const termsContract = {
  get: oc
    .input(z.strictObject({ ids: z.array(termsIdSchema), language: languageSchema }))
    .output(z.array(termsDocumentSchema)),
};
