import { z } from 'zod';

/** How staff made sure who stands before them. The method is kept, never a number or a copy of the document. */
export const IDENTITY_METHODS = [
  'drivers-licence',
  'my-number-card',
  'residence-card',
  'passport',
  'registered-facts',
] as const;
export const identityMethodSchema = z.enum(IDENTITY_METHODS);
export type IdentityMethod = z.infer<typeof identityMethodSchema>;
