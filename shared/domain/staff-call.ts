import { z } from 'zod';

/** 係員を呼ぶ. The terminal makes the id when it is pressed: a repeat of anything about it is harmless. */
export const callIdSchema = z.uuid();

/** A screen (`start`, `home`) or a procedure (`internet.change-course`); one that a newer terminal names is taken too. */
export const callPlaceSchema = z
  .string()
  .max(60)
  .regex(/^[a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?$/);

/** Nobody answered for so long: it gets louder, on every staff terminal of the shop and where it was raised. */
export const CALL_ESCALATES_MS = 30_000;
/** Whoever called has gone by then. */
export const CALL_EXPIRES_MS = 10 * 60_000;
