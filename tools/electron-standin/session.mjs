import { EventEmitter } from 'node:events';
import { fromChromium } from './address.mjs';
import { answerByDefault, createProtocol, protocol } from './protocol.mjs';
import { state } from './state.mjs';
import { strictClass, strictObject } from './strict.mjs';

/** Electron's names, and what Chromium calls them where it has to be told. */
const IN_CHROMIUM = {
  media: ['videoCapture', 'audioCapture'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboardReadWrite'],
  midi: ['midi'],
};
/** `navigator.permissions` has names of its own. */
const FROM_WEB = { camera: 'media', microphone: 'media' };

class Session extends EventEmitter {
  /** The app's answer to a request, or undefined when it handles no such scheme. */
  answerRequest;
  #askHandler;
  #checkHandler;
  #beforeRequest;
  webRequest = strictObject('webRequest', {
    onBeforeRequest: (...args) => {
      this.#beforeRequest = args.at(-1);
    },
  });

  constructor({ protocol, answer }) {
    super();
    this.protocol = protocol;
    this.answerRequest = answer;
  }

  setPermissionRequestHandler(handler) {
    this.#askHandler = handler;
  }

  setPermissionCheckHandler(handler) {
    this.#checkHandler = handler;
  }

  // Without a device chooser in the stand-in nothing ever asks these.
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}
  setUSBProtectedClassesHandler() {}
  setSpellCheckerEnabled() {}

  async clearStorageData() {
    await state.chromium.send('Storage.clearCookies');
    await Promise.all([...state.windows].map((window) => window.webContents.clearStorage()));
  }

  async clearCache() {
    await Promise.all([...state.windows].map((window) => window.webContents.clearBrowserCache()));
  }

  async clearCodeCaches() {}

  /** Like Electron: whatever no handler decides is granted. */
  async decide({ contents, url, permission, mediaTypes, check }) {
    const origin = new URL(url).origin;
    const requestingOrigin = `${fromChromium(origin)}/`;
    const requestingUrl = fromChromium(url);
    const name = FROM_WEB[permission] ?? permission;
    const details = { requestingUrl, isMainFrame: true, securityOrigin: requestingOrigin };
    const checked = (mediaType) =>
      this.#checkHandler?.(contents, name, requestingOrigin, { ...details, mediaType }) ?? true;
    if (check) return checked({ camera: 'video', microphone: 'audio' }[permission] ?? 'unknown');
    const granted =
      (mediaTypes ?? ['unknown']).every(checked) &&
      (this.#askHandler === undefined ||
        (await new Promise((answer) => this.#askHandler(contents, name, answer, { ...details, mediaTypes }))));
    if (granted && IN_CHROMIUM[name]) {
      await state.chromium.send('Browser.grantPermissions', { permissions: IN_CHROMIUM[name], origin });
    }
    return granted;
  }

  /** `{cancel}` or `{redirectURL}` of the app's onBeforeRequest. */
  async beforeRequest(details) {
    if (this.#beforeRequest === undefined) return {};
    return new Promise((answer) => this.#beforeRequest(details, answer));
  }
}
strictClass('session', Session);

const defaultSession = new Session({ protocol, answer: answerByDefault });
const partitions = new Map();

// They differ in their handlers; what pages keep is in the one profile of the one Chromium.
export const session = strictObject('session', {
  defaultSession,
  fromPartition(name) {
    if (!partitions.has(name)) partitions.set(name, new Session(createProtocol()));
    return partitions.get(name);
  },
});
