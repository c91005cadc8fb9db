import type { App } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Logger } from '../../backend/log/logger.ts';
import type { UpdateSource } from './keep-updated.ts';
import { layBeside, putInPlace } from './replace-program.ts';

/**
 * electron-updater with the feed that the package was built for. It keeps to newer versions, verifies the checksum of
 * what it fetched, and on Windows the installer's publisher. An AppImage's place it would leave empty for a while.
 * @param appImage the program's file, where it is one
 */
export function createUpdateSource(
  app: Pick<App, 'quit'>,
  updater: AppUpdater,
  log: Logger,
  appImage: string | undefined,
): UpdateSource {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = false;
  updater.allowDowngrade = false;
  updater.logger = null;
  // Every failure also rejects the call that it belongs to.
  updater.on('error', () => log.warn({ code: 'updater' }, 'updater'));
  return {
    check: async () => {
      const found = await updater.checkForUpdates();
      return found?.isUpdateAvailable === true ? found.updateInfo : null;
    },
    download: async () => {
      const [fetched] = await updater.downloadUpdate();
      if (appImage === undefined) return;
      if (fetched === undefined) throw new Error('nothing was fetched');
      await layBeside(appImage, fetched);
    },
    install: () => {
      try {
        // Silent. On Linux the system's supervisor starts the new one; it would run into this one's lock otherwise.
        if (appImage === undefined) updater.quitAndInstall(true, process.platform === 'win32');
        else putInPlace(appImage);
      } catch (error) {
        log.error({ err: error }, 'the update could not take the place of the program');
      }
      // Also then: the backend is closed by now.
      app.quit();
    },
  };
}
