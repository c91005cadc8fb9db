// An app that leaves everything open which the tests then close, one thing at a time.
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol } from 'electron';
import path from 'node:path';

const PAGE = '<!doctype html><title>sample</title><h1>sample</h1><script type="module" src="/page.js"></script>';
const SCRIPT = `
  globalThis.received = [];
  window.addEventListener('message', ({ data, ports }) => {
    if (data !== 'port') return;
    globalThis.port = ports[0];
    ports[0].onmessage = (event) => globalThis.received.push(event.data);
    ports[0].addEventListener('close', () => globalThis.received.push('closed'));
  });
  window.postMessage('want-port', location.origin);`;

globalThis.seen = { messages: [], closed: 0, gone: [], second: [] };

function answer({ url }) {
  const { pathname } = new URL(url);
  if (pathname === '/page.js') return new Response(SCRIPT, { headers: { 'content-type': 'text/javascript' } });
  const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'" };
  return new Response(PAGE, { headers });
}

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => globalThis.seen.second.push(argv.at(-1)));
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start() {
  protocol.handle('app', answer);
  ipcMain.on('want-port', (event) => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on('message', ({ data }) => {
      globalThis.seen.messages.push(data);
      if (data === 'close') port1.close();
      else port1.postMessage(data);
    });
    port1.on('close', () => {
      globalThis.seen.closed += 1;
    });
    port1.start();
    event.sender.postMessage('port', null, [port2]);
  });
  ipcMain.handle('sender', (event, value) => ({ url: event.senderFrame.url, value }));
  const window = new BrowserWindow({ webPreferences: { preload: path.join(import.meta.dirname, 'preload.cjs') } });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    globalThis.seen.gone.push(reason);
    window.webContents.reload();
  });
  window.loadURL('app://sample/').catch(() => undefined);
}
