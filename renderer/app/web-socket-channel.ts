import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { Channel, Client } from './channel.ts';

/** Resolves with an open channel, rejects when it can't be opened. */
export function openWebSocketChannel(url: string): Promise<Channel> {
  const websocket = new WebSocket(url);
  const closed = new Promise<void>((resolve) => websocket.addEventListener('close', () => resolve(), { once: true }));
  const client: Client = createORPCClient(new RPCLink({ websocket }));
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve({ client, closed, close: () => websocket.close() }), {
      once: true,
    });
    websocket.addEventListener('close', () => reject(new Error('the channel did not open')), { once: true });
  });
}
