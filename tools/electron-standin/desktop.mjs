import { SCREEN, state } from './state.mjs';
import { strictObject } from './strict.mjs';

const say = (text) => process.stderr.write(`electron stand-in: ${text}\n`);

export const shell = strictObject('shell', {
  openExternal: async (url) => say(`shell.openExternal(${url})`),
});

export const dialog = strictObject('dialog', {
  showErrorBox: (title, content) => say(`dialog: ${title}: ${content}`),
});

let copied = '';

/** The main process's own; what a page copies is in Chromium, out of its reach. */
export const clipboard = strictObject('clipboard', {
  clear: () => {
    copied = '';
  },
  readText: () => copied,
  writeText: (text) => {
    copied = text;
  },
});

export const Menu = strictObject('Menu', {
  setApplicationMenu: (menu) => {
    state.applicationMenu = menu;
  },
  getApplicationMenu: () => state.applicationMenu,
});

const blockers = new Map();

export const powerSaveBlocker = strictObject('powerSaveBlocker', {
  start(type) {
    const id = blockers.size + 1;
    blockers.set(id, type);
    return id;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
});

let reporter;

export const crashReporter = strictObject('crashReporter', {
  start: (options) => {
    reporter = options;
  },
  getParameters: () => ({ ...reporter?.extra }),
});

export const screen = strictObject('screen', {
  getPrimaryDisplay: () => {
    const area = { x: 0, y: 0, ...SCREEN };
    return { id: 1, scaleFactor: 1, size: { ...SCREEN }, bounds: area, workArea: area };
  },
});
