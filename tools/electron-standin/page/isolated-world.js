// Runs in the page's isolated world before anything of the page: Electron's renderer side, as far as it is provided.
// biome-ignore lint/correctness/noUnusedVariables: its source text is put into the page
function startIsolatedWorld({ makeCodec, bindingName, deliverName, closeMark, preload }) {
  const call = globalThis[bindingName];
  delete globalThis[bindingName];
  const codec = makeCodec({
    toBase64: (bytes) => bytes.toBase64(),
    fromBase64: (text) => Uint8Array.fromBase64(text),
  });
  const tell = (message) => call(JSON.stringify({ ...message, url: location.href }));
  const listeners = new Map();
  const answers = new Map();
  const ports = new Map();
  let lastId = 0;

  function keepPort(id, port) {
    ports.set(id, port);
    port.onmessage = ({ data, ports: carried }) => {
      if (data === closeMark) {
        ports.delete(id);
        tell({ kind: 'port-closed', id });
        return;
      }
      if (carried.length > 0) throw new Error('electron stand-in: a port can not carry ports');
      tell({ kind: 'port-message', id, data: codec.encode(data) });
    };
  }

  function openPort(id) {
    const { port1, port2 } = new MessageChannel();
    keepPort(id, port1);
    return port2;
  }

  function sendPort(port) {
    lastId += 1;
    const id = `page-${lastId}`;
    keepPort(id, port);
    return id;
  }

  const ipcRenderer = {
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
      return ipcRenderer;
    },
    once(channel, listener) {
      const first = (...args) => {
        ipcRenderer.off(channel, first);
        listener(...args);
      };
      return ipcRenderer.on(channel, first);
    },
    send: (channel, ...args) => tell({ kind: 'send', channel, args: codec.encode(args), ports: [] }),
    postMessage: (channel, message, transfer = []) =>
      tell({ kind: 'send', channel, args: codec.encode([message]), ports: transfer.map(sendPort) }),
    invoke(channel, ...args) {
      lastId += 1;
      const id = lastId;
      tell({ kind: 'invoke', id, channel, args: codec.encode(args) });
      return new Promise((resolve, reject) => answers.set(id, { resolve, reject }));
    },
  };

  const deliveries = {
    ipc({ channel, args, ports: ids }) {
      const event = { sender: ipcRenderer, ports: ids.map(openPort) };
      for (const listener of listeners.get(channel) ?? []) listener(event, ...codec.decode(args));
    },
    answer({ id, value, error }) {
      const waiting = answers.get(id);
      answers.delete(id);
      if (error === undefined) waiting.resolve(codec.decode(value));
      else waiting.reject(new Error(error));
    },
    'port-message': ({ id, data }) => ports.get(id)?.postMessage(codec.decode(data)),
    'port-close'({ id }) {
      const port = ports.get(id);
      ports.delete(id);
      port?.postMessage(closeMark);
      port?.close();
    },
    permission: ({ id, granted }) =>
      window.dispatchEvent(new CustomEvent('electron-standin-answer', { detail: JSON.stringify({ id, granted }) })),
  };
  Object.defineProperty(globalThis, deliverName, { value: (message) => deliveries[message.kind](message) });

  window.addEventListener('electron-standin-ask', ({ detail }) => tell({ kind: 'permission', ...JSON.parse(detail) }));

  window.addEventListener('electron-standin-close', () => tell({ kind: 'close' }));

  const strict = (name, members) =>
    new Proxy(members, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object || key === '__esModule') return object[key];
        throw new Error(`electron stand-in: ${name}.${key} is not provided`);
      },
    });
  const electron = strict('electron (in a preload)', { ipcRenderer: strict('ipcRenderer', ipcRenderer) });
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  try {
    const module = { exports: {} };
    preload?.(require, module, module.exports);
  } catch (error) {
    tell({ kind: 'preload-error', message: String(error?.stack ?? error) });
  }
}
