import { connect, createServer, type Socket } from 'node:net';

export interface OneAddress {
  readonly url: string;
  /** Its connections go round these from now on. */
  serve(urls: readonly string[]): void;
  close(): Promise<void>;
}

/** Stands where an operator's load balancer would: each connection goes to the next central. */
export async function openOneAddress(): Promise<OneAddress> {
  let ports: readonly number[] = [];
  let turn = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    turn += 1;
    const central = connect(ports[turn % ports.length] ?? 0, '127.0.0.1');
    for (const [from, to] of [
      [client, central],
      [central, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve: (urls) => {
      ports = urls.map((url) => Number(new URL(url).port));
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
