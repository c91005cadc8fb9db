import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP way to one address that can be cut. */
export interface Gate {
  readonly port: number;
  close(): Promise<void>;
  /** Ends what goes through now. */
  cut(): void;
}

/**
 * @param may asked for each connection: false refuses it, as an unplugged cable would
 * @param instead answers in the far end's place where it wants to; null: the connection goes through
 */
export async function openGate(input: {
  target: { host: string; port: number };
  may(): boolean;
  instead?(socket: Socket): boolean;
}): Promise<Gate> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    // A cut cable is an error on both ends, and that is the purpose.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (!input.may()) {
      near.resetAndDestroy();
      return;
    }
    if (input.instead?.(near)) return;
    const far = connect(input.target);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a gate has a port');
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
