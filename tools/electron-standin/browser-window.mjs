import { EventEmitter } from 'node:events';
import { app } from './app.mjs';
import { SCREEN, state } from './state.mjs';
import { strictClass } from './strict.mjs';
import { WebContents } from './web-contents.mjs';

let lastWindowId = 0;
/** Windows whose page Chromium is still to open, in the order in which they asked for it. */
const waiting = [];

class Window extends EventEmitter {
  id = ++lastWindowId;
  webContents;
  #options;
  #visible;
  #kiosk;
  #fullScreen;
  #destroyed = false;

  /** @param adopted a page that Chromium has opened already */
  constructor(options = {}, adopted = false) {
    super();
    if (!state.ready) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#options = options;
    this.#visible = options.show !== false;
    this.#kiosk = options.kiosk === true;
    this.#fullScreen = options.fullscreen === true || this.#kiosk;
    const open = (forPopUp) => new BrowserWindow({ ...options, ...forPopUp }, true);
    this.webContents = new WebContents(withDefaults(options.webPreferences), open);
    this.webContents.once('painted', () => this.emit('ready-to-show'));
    this.webContents.on('closed-by-page', () => this.close());
    this.webContents.once('destroyed', () => this.#closed());
    state.windows.add(this);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, this);
    if (!adopted) this.#openPage();
  }

  static getAllWindows = () => [...state.windows];
  static getFocusedWindow = () => [...state.windows].at(-1) ?? null;
  static fromWebContents = (contents) => [...state.windows].find((one) => one.webContents === contents) ?? null;
  static fromId = (id) => [...state.windows].find((one) => one.id === id) ?? null;

  loadURL = (url) => this.webContents.loadURL(url);
  reload = () => this.webContents.reload();
  isDestroyed = () => this.#destroyed;
  isVisible = () => this.#visible;
  show() {
    this.#visible = true;
    this.emit('show');
  }
  hide() {
    this.#visible = false;
    this.emit('hide');
  }
  focus() {
    this.emit('focus');
  }
  isFocused = () => BrowserWindow.getFocusedWindow() === this;
  moveTop() {}
  isMinimized = () => false;
  restore() {}
  isKiosk = () => this.#kiosk;
  setKiosk(kiosk) {
    this.#kiosk = kiosk;
    this.#fullScreen = kiosk;
  }
  isFullScreen = () => this.#fullScreen;
  setFullScreen(fullScreen) {
    this.#fullScreen = fullScreen;
  }
  // A headless window has no menu bar, no frame and nothing above it.
  setMenu() {}
  removeMenu() {}
  setMenuBarVisibility() {}
  setAlwaysOnTop() {}
  setContentProtection() {}
  getBounds() {
    const { width = 800, height = 600 } = this.#fullScreen ? SCREEN : this.#options;
    return { x: 0, y: 0, width, height };
  }

  close() {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit('close', { preventDefault });
    if (!prevented) this.destroy();
  }

  destroy() {
    this.webContents.destroy();
  }

  #openPage() {
    const { width, height } = this.getBounds();
    waiting.push(this);
    state.chromium.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height }).catch(() => {
      app.exit(1);
    });
  }

  #closed() {
    this.#destroyed = true;
    state.windows.delete(this);
    this.emit('closed');
    // Whoever listens may open another window first.
    setImmediate(() => app.windowClosed());
  }
}

export const BrowserWindow = strictClass('BrowserWindow', Window);

function withDefaults(preferences = {}) {
  const { nodeIntegration = false } = preferences;
  const merged = { contextIsolation: true, sandbox: !nodeIntegration, devTools: true, nodeIntegration, ...preferences };
  return state.sandboxForced ? { ...merged, sandbox: true } : merged;
}

/** Gives every page that Chromium opens to the window that asked for it, or to the app's judgement. */
export async function followPages() {
  state.chromium.onEvent(undefined, (method, params) => {
    if (method === 'Target.attachedToTarget') void pageOpened(params);
    if (method === 'Target.detachedFromTarget') windowOf(params.targetId)?.webContents.detached();
    if (method === 'Browser.downloadWillBegin') downloadBegun(params);
  });
  await state.chromium.send('Browser.setDownloadBehavior', { behavior: 'default', eventsEnabled: true });
  await state.chromium.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { exclude: true }],
  });
}

async function pageOpened(target) {
  const opener = windowOf(target.targetInfo.openerId);
  if (opener) return opener.webContents.decidePopUp(target);
  const window = waiting.shift();
  if (window) return window.webContents.attach(target);
  // A page without an opener that nobody asked for: window.open with noopener.
  return [...state.windows][0]?.webContents.decidePopUp(target);
}

function downloadBegun({ frameId, guid, url, suggestedFilename }) {
  const contents = windowOf(frameId)?.webContents;
  if (contents?.allowsDownload({ url, suggestedFilename })) return;
  state.chromium.send('Browser.cancelDownload', { guid }).catch(() => undefined);
}

function windowOf(targetId) {
  return targetId && [...state.windows].find((window) => window.webContents.targetId === targetId);
}
