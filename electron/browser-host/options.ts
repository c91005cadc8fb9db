import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type TerminalMode, terminalModeSchema } from '../../shared/contract/events.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';

export interface HostOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly flags: { readonly central?: string; readonly printer?: string; readonly mode?: TerminalMode };
  readonly window: boolean;
  /** Epoch ms; null: no `--clock`. */
  readonly clockStartsAt: number | null;
}

export const USAGE =
  'usage: terminal --central URL --data DIR --printer tcp://HOST:PORT [--port 8600] [--mode self-service|staff] [--no-window] [--clock ISO]';

const valuesSchema = z.strictObject({
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'is no port')
    .transform(Number)
    .pipe(z.number().max(65535))
    .default(8600),
  central: z.string().optional(),
  data: z.string('is missing').min(1),
  printer: z.string().optional(),
  mode: z.enum(terminalModeSchema.options, { error: ({ input }) => `${String(input)} is unknown` }).optional(),
  'no-window': z.boolean().default(false),
  clock: z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], 'is no ISO 8601 time').optional(),
});

/** @returns a one-line message for the operator where the options can't be worked with */
export function parseHostOptions(args: readonly string[]): Result<HostOptions, string> {
  let values: unknown;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        central: { type: 'string' },
        data: { type: 'string' },
        printer: { type: 'string' },
        mode: { type: 'string' },
        'no-window': { type: 'boolean' },
        clock: { type: 'string' },
      },
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
  const { port, central, data, printer, mode, clock } = parsed.data;
  return ok({
    port,
    dataDir: data,
    flags: {
      ...(central === undefined ? {} : { central }),
      ...(printer === undefined ? {} : { printer }),
      ...(mode === undefined ? {} : { mode }),
    },
    window: !parsed.data['no-window'],
    clockStartsAt: clock === undefined ? null : businessInstant(clock),
  });
}

/** A time without an offset is Tokyo's, as every business time. */
function businessInstant(text: string): number {
  if (text.length === 10) return Date.parse(`${text}T00:00:00+09:00`);
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+09:00`);
}
