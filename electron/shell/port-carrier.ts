import type { Carrier } from '../backend/channel/serve-channel.ts';

/** What a channel needs of Electron's MessagePortMain, whose events are not those of Node's MessagePort. */
export interface PagePort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(frame: string | Uint8Array): void;
  start(): void;
  close(): void;
}

/** The page's end closes with the page, however that ends. */
export function carrierOf(port: PagePort): Carrier {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => {
      port.on('message', ({ data }) => listener(data));
      // Nothing comes before: a frame that nobody listened for would be lost.
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => port.close(),
  };
}
