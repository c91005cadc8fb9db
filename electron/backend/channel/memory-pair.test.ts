import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Client, contractSuite } from './contract.suite.ts';
import type { Carrier } from './serve-channel.ts';

/** A linked pair of ports with the real codec in between, as Electron's shell will use it. */
function carrierOf(port: MessagePort): Carrier {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => {
      port.on('message', listener);
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
    close: () => port.close(),
  };
}

contractSuite('the in-memory pair', (shop) => {
  const { port1, port2 } = new MessageChannel();
  shop.backend.serve(carrierOf(port1));
  const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()));
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return Promise.resolve({
    client,
    sendRaw: (frame) => port2.postMessage(frame),
    closed,
    close: async () => {
      port2.close();
      await closed;
    },
  });
});
