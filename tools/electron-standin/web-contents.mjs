import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { fromChromium, originOf, toChromium } from './address.mjs';
import { app } from './app.mjs';
import { codec, makeCodec } from './codec.mjs';
import { deferred } from './deferred.mjs';
import { ipcMain } from './ipc-main.mjs';
import { MessagePortMain } from './ports.mjs';
import { session } from './session.mjs';
import { strictClass, strictObject } from './strict.mjs';
import { state } from './state.mjs';

const WORLD = 'Electron Isolated Context';
const BINDING = '__electronStandInCall';
const DELIVER = '__electronStandInDeliver';
const CLOSE_MARK = '__electronStandInClose';
const ISOLATED_SOURCE = readSource('isolated-world.js');
const MAIN_SOURCE = readSource('main-world.js');
const BY_CHROMIUM = new Set(['http', 'https', 'file', 'data', 'blob', 'about', 'javascript', 'chrome', 'devtools']);

/** Chromium's numbers of what keeps a page from loading. */
const ERROR_NUMBERS = { ERR_ABORTED: -3, ERR_NAME_NOT_RESOLVED: -105, ERR_CONNECTION_REFUSED: -102 };
const GENERIC_ERROR = -2;

/** Accelerators whose name isn't the key's. */
const KEYS = { Left: 'ArrowLeft', Right: 'ArrowRight', Up: 'ArrowUp', Down: 'ArrowDown', Space: ' ' };

let lastContentsId = 0;
let lastPortId = 0;

function readSource(name) {
  return fs.readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
}

/** An event object that can be prevented, with Electron's members on it. */
function preventable(members) {
  const event = {
    ...members,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

class Contents extends EventEmitter {
  id = ++lastContentsId;
  session;
  navigationHistory = strictObject('navigationHistory', {
    clear: () => void this.#send('Page.resetNavigationHistory').catch(() => undefined),
  });
  #preferences;
  #open;
  #windowOpenHandler;
  #sessionId;
  #targetId;
  #attached = deferred();
  #url = '';
  #ownLoad;
  #worldId;
  #ports = new Map();
  #crashed = false;
  #destroyed = false;
  #devToolsOpen = false;
  #zoomFactor = 1;
  #popUpRequested;
  #loading;
  /** Rejected when what the page shows goes away: nothing that was asked of it is answered any more. */
  #documentGone = deferred();

  /** @param open makes a BrowserWindow for a page that this page opened */
  constructor(preferences, open) {
    super();
    this.#preferences = preferences;
    this.session = preferences.session ?? session.defaultSession;
    this.#open = open;
    this.mainFrame = strictObject('webFrameMain', this.#frameMembers());
  }

  // What the app calls.

  async loadURL(url) {
    await this.#attached.promise;
    await this.#load(toChromium(url), (chromiumUrl) => this.#send('Page.navigate', { url: chromiumUrl }));
  }

  reload() {
    void this.#load(toChromium(this.#url), (url) => this.#send('Page.navigate', { url })).catch(() => undefined);
  }

  getURL = () => this.#url;
  isDestroyed = () => this.#destroyed;
  isCrashed = () => this.#crashed;
  isLoading = () => this.#loading !== undefined;
  getLastWebPreferences = () => ({ ...this.#preferences });
  getZoomFactor = () => this.#zoomFactor;
  setZoomFactor(factor) {
    this.#zoomFactor = factor;
  }
  getZoomLevel = () => Math.log(this.#zoomFactor) / Math.log(1.2);
  setZoomLevel(level) {
    this.#zoomFactor = 1.2 ** level;
  }
  // Headless Chromium has no pinch gesture to limit, and its pages are never in the background.
  async setVisualZoomLevelLimits() {}
  setBackgroundThrottling() {}
  setIgnoreMenuShortcuts() {}

  setWindowOpenHandler(handler) {
    this.#windowOpenHandler = handler;
  }

  openDevTools() {
    if (this.#preferences.devTools === false || this.#devToolsOpen) return;
    this.#devToolsOpen = true;
    this.emit('devtools-opened');
  }

  closeDevTools() {
    this.#devToolsOpen = false;
  }

  isDevToolsOpened = () => this.#devToolsOpen;

  forcefullyCrashRenderer() {
    this.#send('Page.crash').catch(() => undefined);
  }

  /** Waits for a page that is loading, as Electron does. */
  async executeJavaScript(code) {
    await this.#loading?.promise.catch(() => undefined);
    const { result, exceptionDetails } = await Promise.race([
      this.#documentGone.promise,
      this.#send('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true }),
    ]);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  send(channel, ...args) {
    this.#deliver({ kind: 'ipc', channel, args: codec.encode(args), ports: [] });
  }

  postMessage(channel, message, transfer = []) {
    const ports = transfer.map((port) => this.#givePort(port));
    this.#deliver({ kind: 'ipc', channel, args: codec.encode([message]), ports });
  }

  sendInputEvent({ type, keyCode, modifiers = [] }) {
    const has = (name) => modifiers.some((modifier) => modifier.toLowerCase() === name);
    if (type !== 'keyDown' && type !== 'keyUp') throw new Error(`electron stand-in: input ${type} is not provided`);
    const key = KEYS[keyCode] ?? keyCode;
    const input = {
      type,
      key,
      code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
      control: has('control') || has('ctrl'),
      alt: has('alt'),
      shift: has('shift'),
      meta: has('meta') || has('cmd'),
      isAutoRepeat: false,
      isComposing: false,
    };
    const event = preventable({});
    this.emit('before-input-event', event, input);
    if (event.defaultPrevented || (type === 'keyDown' && this.#menuTakes(input))) return;
    const held = (input.alt ? 1 : 0) + (input.control ? 2 : 0) + (input.meta ? 4 : 0) + (input.shift ? 8 : 0);
    const { code } = input;
    const kind = type === 'keyUp' ? 'keyUp' : 'rawKeyDown';
    this.#send('Input.dispatchKeyEvent', { type: kind, key, code, modifiers: held }).catch(() => undefined);
  }

  close() {
    this.destroy();
  }

  destroy() {
    if (this.#destroyed) return;
    this.#gone();
    // A page that hangs is not asked whether it may be closed.
    this.#attached.promise
      .then(() => state.chromium.send('Target.closeTarget', { targetId: this.#targetId }))
      // The page went by itself meanwhile.
      .catch(() => undefined);
  }

  // What the window and the session call.

  get targetId() {
    return this.#targetId;
  }

  async attach({ sessionId, targetInfo }) {
    this.#sessionId = sessionId;
    this.#targetId = targetInfo.targetId;
    state.chromium.onEvent(sessionId, (method, params) => this.#receive(method, params));
    const world = this.#preferences.contextIsolation === false ? {} : { worldName: WORLD };
    await Promise.all([
      this.#send('Page.enable'),
      this.#send('Page.setLifecycleEventsEnabled', { enabled: true }),
      this.#send('Inspector.enable'),
      this.#send('Runtime.enable'),
      this.#send('Runtime.addBinding', { name: BINDING, ...(world.worldName && { executionContextName: WORLD }) }),
      this.#send('Page.addScriptToEvaluateOnNewDocument', { source: this.#isolatedScript(), ...world }),
      this.#send('Page.addScriptToEvaluateOnNewDocument', { source: this.#mainScript() }),
      this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    ]);
    // Not awaited: a page that another client holds back too answers only once that one lets go.
    this.#send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    this.#attached.resolve();
  }

  clearStorage() {
    if (this.#url === '') return undefined;
    const { origin } = new URL(toChromium(this.#url));
    return this.#send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  }

  clearBrowserCache() {
    return this.#send('Network.clearBrowserCache');
  }

  /** Chromium opened a page for this one; the app decides about it. */
  async decidePopUp(attachedTarget) {
    const { url, windowName, windowFeatures, userGesture } = this.#popUpRequested ?? {};
    const { sessionId, targetInfo } = attachedTarget;
    const details = {
      url: fromChromium(url ?? targetInfo.url),
      frameName: windowName ?? '',
      features: (windowFeatures ?? []).join(','),
      disposition: userGesture ? 'foreground-tab' : 'new-window',
      referrer: { url: '', policy: 'default' },
    };
    const decision = this.#windowOpenHandler?.(details) ?? { action: 'allow' };
    if (decision.action !== 'allow') {
      await state.chromium.send('Target.closeTarget', { targetId: targetInfo.targetId });
      void state.chromium.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined);
      return;
    }
    const window = this.#open(decision.overrideBrowserWindowOptions ?? {});
    await window.webContents.attach(attachedTarget);
    this.emit('did-create-window', window, details);
  }

  /** Whether the app lets a download go on. */
  allowsDownload({ url, suggestedFilename }) {
    let allowed = true;
    const cancel = () => {
      allowed = false;
    };
    const item = strictObject('downloadItem', {
      getURL: () => fromChromium(url),
      getFilename: () => suggestedFilename,
      cancel,
    });
    this.session.emit('will-download', { preventDefault: cancel }, item, this);
    return allowed;
  }

  detached() {
    this.#gone();
  }

  // Chromium's side.

  #send(method, params) {
    return state.chromium.send(method, params, this.#sessionId);
  }

  async #load(url, navigate) {
    this.#ownLoad = url;
    const loading = deferred();
    this.#loading?.reject(new Error('ERR_ABORTED'));
    this.#loading = loading;
    this.emit('did-start-loading');
    const { errorText } = await navigate(url);
    if (errorText !== undefined) this.#failLoad(errorText.replace('net::', ''), fromChromium(url));
    return loading.promise;
  }

  #failLoad(reason, url) {
    const failed = this.#loading;
    this.#loading = undefined;
    this.emit('did-fail-load', {}, ERROR_NUMBERS[reason] ?? GENERIC_ERROR, reason, url, true);
    failed?.reject(new Error(`${reason} loading '${url}'`));
  }

  #receive(method, params) {
    switch (method) {
      case 'Fetch.requestPaused':
        this.#answerPaused(params).catch((error) => this.#reportRequest(params, error));
        break;
      case 'Page.frameNavigated':
        if (params.frame.parentId === undefined) this.#navigated(params.frame);
        break;
      case 'Page.navigatedWithinDocument':
        if (params.frameId === this.#targetId) {
          this.#url = fromChromium(params.url);
          this.emit('did-navigate-in-page', {}, this.#url, true);
        }
        break;
      case 'Page.frameRequestedNavigation':
        this.#leavesChromium(params);
        break;
      case 'Page.windowOpen':
        this.#popUpRequested = params;
        break;
      case 'Page.domContentEventFired':
        this.emit('dom-ready');
        break;
      case 'Page.lifecycleEvent':
        if (params.name === 'firstContentfulPaint' && params.frameId === this.#targetId) this.emit('painted');
        break;
      case 'Page.loadEventFired':
        this.#loaded();
        break;
      case 'Page.javascriptDialogOpening':
        // Electron with disableDialogs shows none; without it someone would have to press a button.
        void this.#send('Page.handleJavaScriptDialog', { accept: false });
        break;
      case 'Runtime.executionContextCreated':
        if (this.#isOurWorld(params.context)) this.#worldId = params.context.id;
        break;
      case 'Runtime.executionContextDestroyed':
        if (params.executionContextId === this.#worldId) this.#leaveWorld();
        break;
      case 'Runtime.executionContextsCleared':
        this.#leaveWorld();
        break;
      case 'Runtime.bindingCalled':
        if (params.name === BINDING) this.#called(JSON.parse(params.payload), params.executionContextId);
        break;
      case 'Inspector.targetCrashed':
        this.#crash();
        break;
      default:
    }
  }

  #isOurWorld({ name, auxData }) {
    if (auxData?.frameId !== this.#targetId) return false;
    return this.#preferences.contextIsolation === false ? auxData.isDefault : name === WORLD;
  }

  #navigated(frame) {
    this.#crashed = false;
    this.#url = fromChromium(frame.url + (frame.urlFragment ?? ''));
    this.emit('did-navigate', {}, this.#url, 200, 'OK');
  }

  #loaded() {
    if (this.#url === 'about:blank' && this.#loading === undefined) return;
    const loaded = this.#loading;
    this.#loading = undefined;
    this.emit('did-finish-load');
    this.emit('did-stop-loading');
    loaded?.resolve();
  }

  #crash() {
    if (this.#crashed) return;
    this.#crashed = true;
    this.#leaveWorld();
    this.#loading?.reject(new Error('ERR_FAILED'));
    this.#loading = undefined;
    const details = { reason: 'crashed', exitCode: 5 };
    this.emit('render-process-gone', preventable({}), details);
    app.emit('render-process-gone', preventable({}), this, details);
  }

  #gone() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#leaveWorld();
    this.#loading?.reject(new Error('ERR_ABORTED'));
    this.emit('destroyed');
  }

  #leaveWorld() {
    this.#worldId = undefined;
    this.#documentGone.reject(new Error('the page went away'));
    this.#documentGone = deferred();
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.end();
  }

  // Requests and navigations.

  async #answerPaused({ requestId, request, frameId, resourceType, redirectedRequestId }) {
    const url = fromChromium(request.url + (request.urlFragment ?? ''));
    const isMainFrame = frameId === this.#targetId;
    if (resourceType === 'Document' && this.#refusesNavigation({ url, isMainFrame, redirectedRequestId })) {
      return this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    }
    const { method, headers } = request;
    const type = resourceType === 'Document' ? (isMainFrame ? 'mainFrame' : 'subFrame') : resourceType.toLowerCase();
    const before = await this.session.beforeRequest({ url, method, resourceType: type, webContents: this });
    if (before.cancel) return this.#send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    const body = method === 'GET' || method === 'HEAD' ? undefined : (request.postData ?? '');
    const answer = this.session.answerRequest(new Request(url, { method, headers, body }));
    if (answer === undefined) return this.#send('Fetch.continueRequest', { requestId });
    const response = await answer;
    return this.#send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  #reportRequest({ requestId, request }, error) {
    if (this.#destroyed || this.#crashed) return;
    process.stderr.write(`electron stand-in: ${fromChromium(request.url)}: ${error.message}\n`);
    this.#send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined);
  }

  /** Whether the app keeps the page where it is. What the app loads itself is not put to it, as in Electron. */
  #refusesNavigation({ url, isMainFrame, redirectedRequestId }) {
    if (isMainFrame && redirectedRequestId === undefined && this.#ownLoad !== undefined) {
      const own = fromChromium(this.#ownLoad);
      if (url === own || url === own.replace(/#.*$/s, '')) {
        this.#ownLoad = undefined;
        return false;
      }
    }
    const event = preventable({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
    if (redirectedRequestId === undefined) this.emit('will-frame-navigate', event);
    if (isMainFrame) {
      const name = redirectedRequestId === undefined ? 'will-navigate' : 'will-redirect';
      this.emit(name, event, url, false, true);
    }
    return event.defaultPrevented;
  }

  /** Schemes that no network loader knows never become a request; Electron would hand them to the system. */
  async #leavesChromium({ url, frameId }) {
    const scheme = url.slice(0, url.indexOf(':')).toLowerCase();
    if (BY_CHROMIUM.has(scheme) || frameId !== this.#targetId) return;
    if (this.#refusesNavigation({ url, isMainFrame: true })) return;
    const permission = { contents: this, url: toChromium(this.#url), permission: 'openExternal' };
    if (!(await this.session.decide(permission))) return;
    const { shell } = await import('./desktop.mjs');
    await shell.openExternal(url);
  }

  // The page's worlds.

  #isolatedScript() {
    return `(() => {
      if (window !== window.top || location.href === 'about:blank') return;
      ${ISOLATED_SOURCE}
      ${makeCodec}
      const preload = ${this.#preloadFunction()};
      startIsolatedWorld({
        makeCodec,
        preload,
        bindingName: '${BINDING}',
        deliverName: '${DELIVER}',
        closeMark: '${CLOSE_MARK}',
      });
    })()`;
  }

  #preloadFunction() {
    const file = this.#preferences.preload;
    if (file === undefined) return 'undefined';
    try {
      if (path.extname(file) === '.mjs') throw new Error('an ES module can not be a sandboxed preload');
      const source = `(function (require, module, exports) { ${fs.readFileSync(file, 'utf8')}\n})`;
      new vm.Script(source, { filename: file });
      return source;
    } catch (error) {
      setImmediate(() => this.#preloadFailed(error.message));
      return 'undefined';
    }
  }

  #preloadFailed(message) {
    process.stderr.write(`Unable to load preload script: ${this.#preferences.preload}\n${message}\n`);
    this.emit('preload-error', {}, this.#preferences.preload, new Error(message));
  }

  #mainScript() {
    const { nodeIntegration, contextIsolation, sandbox } = this.#preferences;
    const withNode = nodeIntegration && contextIsolation === false && sandbox === false;
    // There is no Node in the page to give; the names are what a page looks for.
    const node = withNode ? 'globalThis.require = () => { throw new Error("electron stand-in"); };' : '';
    return `(() => {
      if (window !== window.top) return;
      ${node}
      ${MAIN_SOURCE}
      startMainWorld({ closeMark: '${CLOSE_MARK}' });
    })()`;
  }

  #deliver(message) {
    if (this.#worldId === undefined) return;
    const expression = `globalThis[${JSON.stringify(DELIVER)}]?.(${JSON.stringify(message)})`;
    this.#send('Runtime.evaluate', { expression, contextId: this.#worldId }).catch(() => undefined);
  }

  #called(message, worldId) {
    if (worldId !== this.#worldId) return;
    switch (message.kind) {
      case 'send': {
        const event = this.#ipcEvent(message);
        this.emit('ipc-message', event, message.channel, ...codec.decode(message.args));
        ipcMain.emit(message.channel, event, ...codec.decode(message.args));
        break;
      }
      case 'invoke':
        void this.#answerInvoke(message);
        break;
      case 'permission': {
        const { id, url, permission, mediaTypes, check } = message;
        void this.session
          .decide({ contents: this, url, permission, mediaTypes, check })
          .then((granted) => this.#deliver({ kind: 'permission', id, granted }));
        break;
      }
      case 'port-message':
        this.#ports.get(message.id)?.receive(codec.decode(message.data));
        break;
      case 'port-closed': {
        const port = this.#ports.get(message.id);
        this.#ports.delete(message.id);
        port?.end();
        break;
      }
      case 'close':
        this.emit('closed-by-page');
        break;
      case 'preload-error':
        this.#preloadFailed(message.message);
        break;
      default:
        throw new Error(`electron stand-in: ${message.kind} from the page`);
    }
  }

  async #answerInvoke(message) {
    const { id, channel, args } = message;
    try {
      const value = await ipcMain.answer(channel, this.#ipcEvent({ ...message, ports: [] }), codec.decode(args));
      this.#deliver({ kind: 'answer', id, value: codec.encode(value) });
    } catch (error) {
      this.#deliver({ kind: 'answer', id, error: `Error invoking remote method '${channel}': ${error}` });
    }
  }

  #ipcEvent({ url, ports }) {
    const senderFrame = strictObject('webFrameMain', this.#frameMembers(fromChromium(url)));
    return preventable({
      type: 'frame',
      sender: this,
      senderFrame,
      frameId: 1,
      processId: this.id,
      ports: ports.map((id) => this.#takePort(id)),
      reply: (channel, ...args) => this.send(channel, ...args),
    });
  }

  #frameMembers(urlThen) {
    const contents = this;
    return {
      get url() {
        return urlThen ?? contents.#url;
      },
      get origin() {
        return originOf(urlThen ?? contents.#url);
      },
      get top() {
        return contents.mainFrame;
      },
      parent: null,
      routingId: 1,
      processId: this.id,
      isDestroyed: () => contents.#destroyed,
      executeJavaScript: (code) => contents.executeJavaScript(code),
      postMessage: (channel, message, transfer) => contents.postMessage(channel, message, transfer),
      send: (channel, ...args) => contents.send(channel, ...args),
    };
  }

  #givePort(port) {
    lastPortId += 1;
    const id = `main-${lastPortId}`;
    const kept = port.handOver(this.#peerInPage(id));
    this.#ports.set(id, kept);
    return id;
  }

  #takePort(id) {
    const port = new MessagePortMain();
    port.connect(this.#peerInPage(id));
    this.#ports.set(id, port);
    return port;
  }

  #peerInPage(id) {
    return {
      send: (message) => this.#deliver({ kind: 'port-message', id, data: codec.encode(message) }),
      close: () => {
        this.#ports.delete(id);
        this.#deliver({ kind: 'port-close', id });
      },
    };
  }

  // The menu that Electron has until the app takes it away.

  #menuTakes({ key, control, shift }) {
    if (state.applicationMenu === null) return false;
    const name = key.toLowerCase();
    if (control && shift && name === 'i') this.openDevTools();
    else if (control && name === 'r') this.reload();
    else if (control && name === 'w') this.destroy();
    else return false;
    return true;
  }
}

export const WebContents = strictClass('webContents', Contents);
