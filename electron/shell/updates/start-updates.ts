import type { App } from 'electron';
import type { Logger } from '../../backend/log/logger.ts';
import { systemTimers } from '../../backend/ports.ts';
import { canReplaceProgram, readUpdateKey } from './can-update-itself.ts';
import { keepUpdated } from './keep-updated.ts';
import { createUpdateSource } from './update-source.ts';

/** In a release that has the operator's key and may replace itself; elsewhere it says why not. */
export async function startUpdates(input: {
  app: App;
  resourcesDir: string;
  sessions(): number;
  untouchedForMs(): number;
  close(): Promise<void>;
  log: Logger;
}): Promise<void> {
  const { app, resourcesDir, log } = input;
  if (!app.isPackaged) return;
  const publicKey = readUpdateKey(resourcesDir);
  if (publicKey === null) {
    log.info({ code: 'no-update-key' }, 'updates are not of this release');
    return;
  }
  if (!canReplaceProgram({ env: process.env, program: app.getPath('exe') })) {
    log.info({ code: 'program-not-ours' }, 'updates are for whoever manages this machine');
    return;
  }
  // Loaded only where it is used: it takes its time.
  const { default: electronUpdater } = await import('electron-updater');
  const updates = keepUpdated({
    ...input,
    source: createUpdateSource(app, electronUpdater.autoUpdater, log, process.env['APPIMAGE']),
    publicKey,
    timers: systemTimers,
    random: Math.random,
  });
  app.once('before-quit', updates.stop);
}
