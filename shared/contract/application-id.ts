import { z } from 'zod';

/** UUIDv7 made on the terminal when the procedure starts: a repeat of the call with the same id is harmless. */
export const applicationIdSchema = z.uuidv7();
