import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { CHANNEL_PORT, OPEN_CHANNEL } from '../../shared/contract/page-port.ts';
import type { Channel, Client } from './channel.ts';

const OPENING_MS = 5_000;

/** Asks Electron's preload for a port to the backend; rejects when none comes. */
export function openPortChannel(wait: (ms: number) => Promise<void>): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const hear = ({ source, origin, data, ports: [port] }: MessageEvent<unknown>): void => {
      if (source !== window || origin !== location.origin || data !== CHANNEL_PORT || port === undefined) return;
      window.removeEventListener('message', hear);
      resolve(channelOver(port));
    };
    window.addEventListener('message', hear);
    window.postMessage(OPEN_CHANNEL, location.origin);
    void wait(OPENING_MS).then(() => {
      window.removeEventListener('message', hear);
      reject(new Error('the channel did not open'));
    });
  });
}

export function channelOver(port: MessagePort): Channel {
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
  const client: Client = createORPCClient(new RPCLink({ port }));
  port.start();
  return {
    client,
    closed,
    close: () => {
      port.close();
      // The browser tells only the other end; what still waits at this one would wait for ever.
      port.dispatchEvent(new Event('close'));
    },
  };
}
