import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { contract } from '../../../shared/contract/contract.ts';
import type { Backend } from '../build-backend.ts';
import type { Carrier } from '../channel/serve-channel.ts';

/** A page on a linked pair of ports, with the real codec in between. */
export interface MemoryPage {
  readonly client: ContractRouterClient<typeof contract>;
  sendRaw(frame: string | Uint8Array): void;
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export function openMemoryPage(backend: Backend): MemoryPage {
  const { port1, port2 } = new MessageChannel();
  backend.serve(carrierOf(port1));
  const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()));
  const client: MemoryPage['client'] = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return {
    client,
    sendRaw: (frame) => port2.postMessage(frame),
    closed,
    close: async () => {
      port2.close();
      await closed;
    },
  };
}

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
