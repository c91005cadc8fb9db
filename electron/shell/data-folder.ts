import type { App } from 'electron';
import { join, resolve } from 'node:path';
import { ensureFolder } from '../backend/database/ensure-folder.ts';

/**
 * Where the terminal keeps what it has; Chromium's own files lie below, and the single-instance lock beside them: one
 * terminal for each folder.
 * @param folder null: where Electron keeps an app's data
 * @returns false: it can't be written
 */
export function openDataFolder(app: App, folder: string | null): boolean {
  const dataDir = resolve(folder ?? app.getPath('userData'));
  const chromium = join(dataDir, 'chromium');
  try {
    ensureFolder(chromium);
  } catch {
    process.stderr.write(`terminal: ${dataDir} cannot be written\n`);
    return false;
  }
  app.setPath('userData', dataDir);
  app.setPath('sessionData', chromium);
  return true;
}
