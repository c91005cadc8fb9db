import { app, Menu, protocol } from 'electron';
import { join } from 'node:path';
import { APP_SCHEME, PAGE_ORIGIN } from './page-address.ts';
import { servePage } from './page-protocol.ts';
import { createKioskWindow } from './window.ts';

/** The terminal in Electron. */
export function start(): void {
  const folder = app.getAppPath();
  Menu.setApplicationMenu(null);
  protocol.handle(APP_SCHEME, servePage(join(folder, 'out/renderer')));
  const window = createKioskWindow({ preload: join(folder, 'out/preload/preload.cjs'), isRelease: app.isPackaged });
  void window.loadURL(`${PAGE_ORIGIN}/`);
}
