import { z } from 'zod';
import { SAMPLE_CARDS } from './sample-cards.ts';

/** What can be meddled with; a PATCH names what changes. */
export const dockStateSchema = z.strictObject({
  /** The line to central. */
  network: z.enum(['plugged', 'unplugged']),
  /** The receipt printer's cable. */
  printer: z.enum(['plugged', 'unplugged']),
  paper: z.enum(['in', 'out']),
  /** full: the next application does not fit on the disk. */
  disk: z.enum(['free', 'full']),
  /** The reader of documents' chips. */
  idReader: z.enum(['plugged', 'unplugged']),
  /** Which sample document lies on it. */
  idCard: z.enum(['none', ...SAMPLE_CARDS.keys()]),
  /** The business clock is so many minutes ahead (or behind). */
  clockMinutes: z.int().min(-5_256_000).max(5_256_000),
});
export type DockState = z.infer<typeof dockStateSchema>;
export const dockChangeSchema = dockStateSchema.partial();
export type DockChange = z.infer<typeof dockChangeSchema>;

export const UNTOUCHED: DockState = {
  network: 'plugged',
  printer: 'plugged',
  paper: 'in',
  disk: 'free',
  idReader: 'plugged',
  idCard: 'none',
  clockMinutes: 0,
};
