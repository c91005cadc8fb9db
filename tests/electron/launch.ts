import { _electron, type ElectronApplication } from '@playwright/test';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findElectron } from '../../tools/electron-binary.mjs';

const ROOT = join(import.meta.dirname, '../..');

/** With SQLite compiled for Node, as the tests of vitest need it, the binary could not run the terminal. */
export const hasElectronBinary = findElectron(join(ROOT, 'node_modules/electron')) !== undefined;

// Read by Electron's package when Playwright asks it for the binary; as in vitest.config.ts, which is earlier.
if (hasElectronBinary) delete process.env['ELECTRON_OVERRIDE_DIST_PATH'];
else process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(ROOT, 'tools/electron-standin');

/** Starts an app on Electron's binary, or on the stand-in where there is none. */
export function launchElectron(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ElectronApplication> {
  return _electron.launch({ args: [...args], env: { ...definedEnvironment(), ...env } });
}

/** As root Chromium has no sandbox: machines that build and test only. Playwright adds this by itself. */
export const sandboxOptions: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The file that Playwright starts. */
export function electronExecutable(): string {
  const file: unknown = createRequire(import.meta.url)('electron');
  if (typeof file !== 'string') throw new Error("Electron's package names no executable");
  return file;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
