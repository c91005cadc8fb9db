import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { TERMINAL_OPTIONS } from '../backend/settings/terminal-options.ts';

/** As `parseArgs` leaves them; `readFlags` says what they mean. */
export type OptionValues = Readonly<Record<string, unknown>>;

export interface CommandLine {
  /** null: where Electron keeps an app's data. */
  readonly dataDir: string | null;
  readonly values: OptionValues;
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

/**
 * What has to be known before Electron is ready, and so without a schema: reading zod would hold up the browser's start.
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
  const { data } = values;
  if (data !== undefined && (typeof data !== 'string' || data === '')) return err('--data names no folder');
  return ok({ dataDir: data ?? null, values });
}

/** The business clock of demo and tests is none of a release's. */
const isForRelease = (name: string): boolean =>
  (Object.hasOwn(TERMINAL_OPTIONS, name) && name !== 'clock') || RELEASE_SWITCHES.includes(name);
