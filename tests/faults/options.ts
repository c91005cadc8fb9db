import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';

export type CampaignOptions =
  /** Everything, with so many seeds of the simulation. */
  | { readonly kind: 'campaign'; readonly seeds: number }
  /** That seed once more, with its log. */
  | { readonly kind: 'replay'; readonly seed: number };

export const CAMPAIGN_SEEDS = 2_000;
const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** @returns the mistake in words for the one who typed it, where there is one */
export function readOptions(args: readonly string[]): Result<CampaignOptions, string> {
  let values: { seeds?: string; seed?: string };
  try {
    values = parseArgs({ args: [...args], options: { seeds: { type: 'string' }, seed: { type: 'string' } } }).values;
  } catch (error) {
    return err(error instanceof Error ? (error.message.split('\n')[0] ?? '') : '');
  }
  const read = z.object({ seeds: number.pipe(z.int().min(1)).optional(), seed: number.optional() }).safeParse(values);
  if (!read.success) return err('npm run faults -- [--seeds N | --seed S], both whole numbers');
  const { seeds, seed } = read.data;
  if (seed !== undefined && seeds !== undefined) return err('--seed replays one; it goes without --seeds');
  return ok(seed === undefined ? { kind: 'campaign', seeds: seeds ?? CAMPAIGN_SEEDS } : { kind: 'replay', seed });
}
