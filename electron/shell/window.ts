import { BrowserWindow, type Session } from 'electron';

/** As the paper that every screen lies on, so that nothing flashes before the first one. */
const PAPER = '#f7f4ee';

/** The one window: the whole screen, nothing of a browser around the page. */
export function createKioskWindow(input: { session: Session; preload: string; isRelease: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    kiosk: true,
    frame: false,
    autoHideMenuBar: true,
    backgroundColor: PAPER,
    webPreferences: {
      session: input.session,
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
      // The call for staff sounds without a touch.
      autoplayPolicy: 'no-user-gesture-required',
      devTools: !input.isRelease,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}
