import { z } from 'zod';

/** So often may a wrong PIN be tried before the chip locks itself. */
export const PIN_TRIES = 3;

export const chipPinSchema = z.string().regex(/^\d{4}$/);

/** Why a chip wasn't read; its text is `chip:problem.<kind>` in the locales. */
export const readProblemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum([
      'no-reader',
      'no-card',
      /** Another kind of document lies there. */
      'other-card',
      /** Taken away in the middle. */
      'removed',
      'unreadable',
      /** Too many wrong PINs: only who issued it unlocks it. */
      'locked',
    ]),
  }),
  z.strictObject({ kind: z.literal('wrong-pin'), triesLeft: z.int().min(1) }),
]);
export type ReadProblem = z.infer<typeof readProblemSchema>;
