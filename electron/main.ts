import { app, protocol } from 'electron';
import { readCommandLine } from './shell/command-line.ts';
import { openDataFolder } from './shell/data-folder.ts';
import { APP_SCHEME } from './shell/page-address.ts';

const line = readCommandLine(process.argv, app.isPackaged);
if (!line.ok) {
  process.stderr.write(`terminal: ${line.error}\n`);
  app.exit(2);
} else if (!openDataFolder(app, line.value.dataDir)) {
  app.exit(2);
} else {
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  if (app.requestSingleInstanceLock()) {
    // Read while the browser starts. Never awaited at this level: Electron becomes ready only when this module has ended.
    const reading = import('./shell/start.ts');
    void app.whenReady().then(async () => {
      const { start } = await reading;
      start(line.value.values);
    });
  } else {
    app.quit();
  }
}
