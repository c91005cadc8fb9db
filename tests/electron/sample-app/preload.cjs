const { ipcRenderer } = require('electron');

window.addEventListener('message', ({ data }) => {
  if (data === 'want-port') ipcRenderer.send('want-port');
});
ipcRenderer.on('port', (event) => window.postMessage('port', location.origin, event.ports));
const sender = ipcRenderer.invoke('sender', { bytes: new Uint8Array([1, 2]) });
window.addEventListener('DOMContentLoaded', async () => {
  const { url, value } = await sender;
  document.documentElement.dataset.sender = `${url} ${value.bytes.length}`;
});
