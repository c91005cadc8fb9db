import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import {
  type SettingsFlags,
  settingsFlagsOf,
  TERMINAL_OPTIONS,
  terminalFlagsShape,
} from '../backend/settings/terminal-flags.ts';

export interface CommandLine {
  /** null: where Electron keeps an app's data. */
  readonly dataDir: string | null;
  readonly flags: SettingsFlags;
  /** Epoch ms; null: no `--clock`. */
  readonly clockStartsAt: number | null;
}

/**
 * Chromium's switches that a shop's machine may need: how it draws, which keyring it has; `updated` is what an
 * installer starts us with. Any other one (`--remote-debugging-port`, `--inspect`, `--no-sandbox`, …) is refused in a
 * release.
 */
const RELEASE_SWITCHES = [
  'ozone-platform',
  'ozone-platform-hint',
  'force-device-scale-factor',
  'password-store',
  'updated',
];

const valuesSchema = z.object({ ...terminalFlagsShape, data: z.string().min(1).exactOptional() });

/**
 * @param argv the program first, as `process.argv`; outside a release the app's folder and Chromium's switches may
 * stand among our options
 * @returns a one-line message for the operator where they can't be worked with
 */
export function readCommandLine(argv: readonly string[], isRelease: boolean): Result<CommandLine, string> {
  const { values, tokens } = parseArgs({
    args: argv.slice(1),
    options: TERMINAL_OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  if (isRelease) {
    const stranger = tokens.find((token) => token.kind !== 'option' || !isForRelease(token.name));
    if (stranger !== undefined) return err(`${argv[stranger.index + 1] ?? ''} is not for a release`);
  }
  const parsed = valuesSchema.safeParse({ ...values });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(`--${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`);
  }
  const { data, clock } = parsed.data;
  return ok({ dataDir: data ?? null, flags: settingsFlagsOf(parsed.data), clockStartsAt: clock ?? null });
}

/** The business clock of demo and tests is none of a release's. */
const isForRelease = (name: string): boolean =>
  (Object.hasOwn(TERMINAL_OPTIONS, name) && name !== 'clock') || RELEASE_SWITCHES.includes(name);
