import { oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogSchema } from '../domain/catalog.ts';

export const catalogContract = {
  get: oc
    .output(
      z.strictObject({
        catalog: catalogSchema,
        /** When central sent it (epoch ms). */
        asOf: z.int(),
        /** false: from the terminal's cache, central can't be reached. */
        fresh: z.boolean(),
      }),
    )
    .errors({ CATALOG_MISSING: {} }),
};
