import { app, protocol } from 'electron';
import { APP_SCHEME } from './shell/page-address.ts';

// Both must stand before Electron is ready. Nothing waits at this level: Electron would never become ready then.
protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(async () => {
    const { start } = await import('./shell/start.ts');
    start();
  });
} else {
  app.quit();
}
