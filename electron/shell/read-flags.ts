import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type SettingsFlags, settingsFlagsOf, terminalFlagsShape } from '../backend/settings/terminal-flags.ts';
import type { OptionValues } from './command-line.ts';

export interface ShellFlags {
  readonly flags: SettingsFlags;
  /** Epoch ms; null: no `--clock`. */
  readonly clockStartsAt: number | null;
}

const valuesSchema = z.object(terminalFlagsShape);

/** @returns a one-line message for the operator where a value can't be worked with */
export function readFlags(values: OptionValues): Result<ShellFlags, string> {
  const parsed = valuesSchema.safeParse({ ...values });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(`--${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
  }
  return ok({ flags: settingsFlagsOf(parsed.data), clockStartsAt: parsed.data.clock ?? null });
}
