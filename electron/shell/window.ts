import { BrowserWindow } from 'electron';

/** The one window: the whole screen, nothing of a browser around the page. */
export function createKioskWindow(input: { preload: string; isRelease: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    kiosk: true,
    frame: false,
    autoHideMenuBar: true,
    backgroundColor: '#f7f4ee',
    webPreferences: {
      preload: input.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      spellcheck: false,
      devTools: !input.isRelease,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}
