// Runs in the page's own world: what Chromium would ask its user about is first put to the session's handlers, ports get
// the event that Electron adds to them, `close`, and a page may ask for its window to be closed.
// biome-ignore lint/correctness/noUnusedVariables: its source text is put into the page
function startMainWorld({ closeMark }) {
  const fromMain = new WeakSet();
  const track = ({ ports }) => {
    for (const port of ports) {
      fromMain.add(port);
      port.addEventListener('message', (event) => {
        if (event.data !== closeMark) return;
        event.stopImmediatePropagation();
        port.dispatchEvent(new Event('close'));
      });
    }
  };
  window.addEventListener('message', track, true);
  window.close = () => void window.dispatchEvent(new CustomEvent('electron-standin-close'));
  const close = MessagePort.prototype.close;
  MessagePort.prototype.close = function () {
    if (fromMain.delete(this)) this.postMessage(closeMark);
    close.call(this);
  };

  let lastId = 0;
  const waiting = new Map();
  window.addEventListener('electron-standin-answer', ({ detail }) => {
    const { id, granted } = JSON.parse(detail);
    waiting.get(id)?.(granted);
    waiting.delete(id);
  });
  const ask = (request) => {
    lastId += 1;
    const id = lastId;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    window.dispatchEvent(new CustomEvent('electron-standin-ask', { detail: JSON.stringify({ id, ...request }) }));
    return answer;
  };
  const denied = () => new DOMException('Permission denied', 'NotAllowedError');

  function guard(owner, method, requestFor) {
    const native = owner?.[method];
    if (native === undefined) return;
    const guarded = async function (...args) {
      if (await ask(requestFor(...args))) return native.apply(this, args);
      throw denied();
    };
    Object.defineProperty(owner, method, { value: guarded, configurable: true, writable: true });
  }

  const wants = (constraints) =>
    Object.entries({ video: constraints?.video, audio: constraints?.audio })
      .filter(([, wanted]) => Boolean(wanted))
      .map(([kind]) => kind);
  guard(globalThis.MediaDevices?.prototype, 'getUserMedia', (constraints) => ({
    permission: 'media',
    mediaTypes: wants(constraints),
  }));
  guard(globalThis.MediaDevices?.prototype, 'getDisplayMedia', () => ({ permission: 'display-capture' }));
  guard(globalThis.Clipboard?.prototype, 'read', () => ({ permission: 'clipboard-read' }));
  guard(globalThis.Clipboard?.prototype, 'readText', () => ({ permission: 'clipboard-read' }));
  guard(Element.prototype, 'requestFullscreen', () => ({ permission: 'fullscreen' }));
  guard(Element.prototype, 'requestPointerLock', () => ({ permission: 'pointerLock' }));
  guard(Navigator.prototype, 'requestMIDIAccess', () => ({ permission: 'midi' }));

  const notification = globalThis.Notification;
  if (notification !== undefined) {
    notification.requestPermission = async () => ((await ask({ permission: 'notifications' })) ? 'granted' : 'denied');
  }
  const geolocation = globalThis.Geolocation?.prototype;
  for (const method of ['getCurrentPosition', 'watchPosition']) {
    const native = geolocation?.[method];
    if (native === undefined) continue;
    geolocation[method] = function (success, failure, options) {
      void ask({ permission: 'geolocation' }).then((granted) => {
        if (granted) native.call(this, success, failure, options);
        else failure?.({ code: 1, message: 'User denied Geolocation' });
      });
      return 0;
    };
  }
  const query = globalThis.Permissions?.prototype.query;
  if (query !== undefined) {
    globalThis.Permissions.prototype.query = async function (descriptor) {
      const status = await query.call(this, descriptor);
      const granted = await ask({ permission: descriptor.name, check: true });
      Object.defineProperty(status, 'state', { value: granted ? 'granted' : 'denied' });
      return status;
    };
  }
}
