import { ipcRenderer, type IpcRendererEvent } from 'electron';
import { ARE_YOU_THERE, CHANNEL_PORT, HERE, OPEN_CHANNEL } from '../shared/contract/page-port.ts';

/** The little of the page's world that this file touches; the project of the main process has no DOM. */
declare const window: {
  addEventListener(
    type: 'message',
    listener: (event: { data: unknown; source: unknown; origin: string }) => void,
  ): void;
  postMessage(message: string, targetOrigin: string, transfer: IpcRendererEvent['ports']): void;
};
declare const location: { readonly origin: string };
declare const document: { querySelector(selector: string): object | null };

// A port can't cross the context bridge, a message to the page's own window can carry it. Nothing is exposed.
window.addEventListener('message', ({ data, source, origin }) => {
  if (source === window && origin === location.origin && data === OPEN_CHANNEL) ipcRenderer.send(OPEN_CHANNEL);
});
ipcRenderer.on(CHANNEL_PORT, (event) => window.postMessage(CHANNEL_PORT, location.origin, event.ports));
// A greeting that never came alive, as when a file of the page is gone, is no sign of life.
ipcRenderer.on(ARE_YOU_THERE, () => {
  if (document.querySelector('#root[inert]') === null) ipcRenderer.send(HERE);
});
