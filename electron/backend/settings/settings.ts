import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { centralAddressSchema } from '../../../shared/central-api/central-address.ts';
import { terminalModeSchema } from '../../../shared/contract/events.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { ensureFolder } from '../database/ensure-folder.ts';
import { parsePrinterAddress } from '../printing/printer-address.ts';
import type { SettingsFlags } from './terminal-flags.ts';

/** settings.json in the data folder. Flags of the command line go before it. */
export const settingsSchema = z.strictObject({
  /** Address of central. */
  central: centralAddressSchema,
  /** The operator's own certificate authority, PEM file. */
  centralCaFile: z.string().min(1).optional(),
  mode: terminalModeSchema.default('self-service'),
  /** For so long after central let them in here, staff may sign in without central. */
  staffOfflineHours: z.number().min(0).max(168).default(24),
  printer: z.string().refine((text) => parsePrinterAddress(text).ok, 'tcp://HOST:PORT or a device file'),
  idle: z
    .strictObject({ warnAfterSeconds: z.int().min(10).max(3600), warningSeconds: z.int().min(20).max(600) })
    .default({ warnAfterSeconds: 90, warningSeconds: 30 }),
  /** Of the configured screen; sizes of touch targets follow it. 1080 pixels on a 27-inch portrait screen. */
  pixelsPerMm: z.number().positive().max(40).default(3.2),
});
export type Settings = z.infer<typeof settingsSchema>;

export type SettingsError =
  | { readonly code: 'settings-invalid'; readonly path: string }
  | { readonly code: 'data-not-writable' };

/** @param readFile gives what settings.json in that folder holds, and throws a SyntaxError where it is no JSON */
export function loadSettings(input: {
  dataDir: string;
  flags: SettingsFlags;
  readFile(dataDir: string): unknown;
}): Result<Settings, SettingsError> {
  let stored: unknown;
  try {
    ensureFolder(input.dataDir);
    stored = input.readFile(input.dataDir);
  } catch (error) {
    return err(
      error instanceof SyntaxError
        ? { code: 'settings-invalid', path: 'settings.json' }
        : { code: 'data-not-writable' },
    );
  }
  const known = z.record(z.string(), z.unknown()).safeParse(stored);
  const parsed = settingsSchema.safeParse({ ...(known.success ? known.data : {}), ...input.flags });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return err({ code: 'settings-invalid', path: [...(issue?.path ?? []), ...unknown].join('.') });
}

export function readCa(settings: Settings, dataDir: string): Result<string | null, SettingsError> {
  if (settings.centralCaFile === undefined) return ok(null);
  const path = existsSync(settings.centralCaFile) ? settings.centralCaFile : join(dataDir, settings.centralCaFile);
  try {
    return ok(readFileSync(path, 'utf8'));
  } catch {
    return err({ code: 'settings-invalid', path: 'centralCaFile' });
  }
}
