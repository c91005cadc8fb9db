import { app, openChromium } from './app.mjs';
import { BrowserWindow, followPages } from './browser-window.mjs';
import { clipboard, crashReporter, dialog, Menu, powerSaveBlocker, screen, shell } from './desktop.mjs';
import { ipcMain } from './ipc-main.mjs';
import { MessageChannelMain } from './ports.mjs';
import { net, protocol } from './protocol.mjs';
import { safeStorage } from './safe-storage.mjs';
import { session } from './session.mjs';
import { state } from './state.mjs';
import { strictObject } from './strict.mjs';

const allContents = () => BrowserWindow.getAllWindows().map((window) => window.webContents);

const webContents = strictObject('webContents', {
  getAllWebContents: allContents,
  fromId: (id) => allContents().find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId) => allContents().find((contents) => contents.targetId === targetId),
});

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  net,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents,
};

export default strictObject('electron', {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  net,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  webContents,
});

/** For the start only; no part of Electron's module. */
export const launch = {
  describeApp: (found) => app.describe(found),
  startBrowser: async () => {
    if (app.isQuitting()) return;
    openChromium();
    state.chromium.onExit(() => app.exit(1));
    await followPages();
    app.becomeReady();
  },
};
