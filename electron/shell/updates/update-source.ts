import type { App } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Logger } from '../../backend/log/logger.ts';
import type { UpdateSource } from './keep-updated.ts';

/**
 * electron-updater with the feed that the package was built for. It keeps to newer versions, verifies the checksum of
 * what it fetched, and on Windows the installer's publisher.
 */
export function createUpdateSource(app: Pick<App, 'quit'>, updater: AppUpdater, log: Logger): UpdateSource {
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
      await updater.downloadUpdate();
    },
    install: () => {
      // Silent. On Linux the system's supervisor starts the new one; it would run into this one's lock otherwise.
      updater.quitAndInstall(true, process.platform === 'win32');
      // Also where it could not be installed: the backend is closed by now.
      app.quit();
    },
  };
}
