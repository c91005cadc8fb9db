import { Agent, createServer, request } from 'node:http';

/** Stands between a terminal and central and loses answers: central did what was asked, the terminal never hears. */
export interface AnswerLoser {
  readonly url: string;
  /** Loses so many answers to requests of that path from now on. */
  lose(path: string, count: number): void;
  close(): Promise<void>;
}

/** @param central where central is at that moment */
export async function startAnswerLoser(central: () => URL): Promise<AnswerLoser> {
  const agent = new Agent({ keepAlive: false });
  let losing = { path: '', count: 0 };
  const server = createServer((incoming, outgoing) => {
    const { hostname, port } = central();
    const forward = request(
      { agent, hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (answer) => {
        if (losing.count > 0 && incoming.url === losing.path) {
          losing = { ...losing, count: losing.count - 1 };
          incoming.socket.destroy();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on('error', () => incoming.socket.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    lose: (path, count) => {
      losing = { path, count };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}
