import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { type Client, contractSuite } from '../backend/channel/contract.suite.ts';
import { carrierOf, type PagePort } from './port-carrier.ts';

/** Node's port with the events of Electron's. */
function asPagePort(port: MessagePort): PagePort {
  return {
    on: (event: 'message' | 'close', listener: (message: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
    postMessage: (frame) => port.postMessage(frame),
    start: () => port.start(),
    close: () => port.close(),
  };
}

contractSuite("the page's MessagePort", (shop) => {
  const { port1, port2 } = new MessageChannel();
  shop.backend.serve(carrierOf(asPagePort(port1)));
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

describe('the carrier of a MessagePort', () => {
  const { port1, port2 } = new MessageChannel();
  const carrier = carrierOf(asPagePort(port1));
  afterEach(() => port2.close());

  it('carries text and bytes both ways as they are, and says when the other end is gone', async () => {
    const frames = ['{"i":"1"}', new Uint8Array([0, 255, 128]), ''];
    // Sent before anybody listens.
    for (const frame of frames) port2.postMessage(frame);
    const here: unknown[] = [];
    const there: unknown[] = [];
    await new Promise<void>((resolve) => {
      carrier.onFrame((frame) => {
        if (here.push(frame) === frames.length) resolve();
      });
    });
    await new Promise<void>((resolve) => {
      port2.on('message', (frame) => {
        if (there.push(frame) === frames.length) resolve();
      });
      for (const frame of frames) carrier.send(frame);
    });
    expect(here).toEqual(frames);
    expect(there).toEqual(frames);
    const gone = new Promise<void>((resolve) => carrier.onClose(resolve));
    port2.close();
    await gone;
  });
});
