import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type SettingsFlags, settingsFlagsOf, terminalFlagsShape } from '../backend/settings/terminal-flags.ts';
import { TERMINAL_OPTIONS } from '../backend/settings/terminal-options.ts';

export interface HostOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly flags: SettingsFlags;
  readonly window: boolean;
  /** Epoch ms; null: no `--clock`. */
  readonly clockStartsAt: number | null;
}

export const USAGE =
  'usage: terminal --central URL --data DIR --printer tcp://HOST:PORT [--port 8600] [--mode self-service|staff] [--no-window] [--clock ISO]';

const valuesSchema = z.strictObject({
  ...terminalFlagsShape,
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'is no port')
    .transform(Number)
    .pipe(z.number().max(65535))
    .default(8600),
  data: z.string('is missing').min(1),
  'no-window': z.boolean().default(false),
});

/** @returns a one-line message for the operator where the options can't be worked with */
export function parseHostOptions(args: readonly string[]): Result<HostOptions, string> {
  let values: unknown;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { ...TERMINAL_OPTIONS, port: { type: 'string' }, 'no-window': { type: 'boolean' } },
      strict: true,
    }));
  } catch (error) {
    return err(`${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'wrong options'}; ${USAGE}`);
  }
  const parsed = valuesSchema.safeParse({ ...z.record(z.string(), z.unknown()).parse(values) });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(`--${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}; ${USAGE}`);
  }
  const { port, data, clock } = parsed.data;
  return ok({
    port,
    dataDir: data,
    flags: settingsFlagsOf(parsed.data),
    window: !parsed.data['no-window'],
    clockStartsAt: clock ?? null,
  });
}
