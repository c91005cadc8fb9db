import { createServer, request as ask } from 'node:http';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';

/** What an operator may have in front of central: passes everything on, and refuses orders when it is told to. */
export interface Gateway {
  readonly url: URL;
  /** Answered to every order that is sent; null: passed on. */
  refusal: { readonly status: number; readonly code: string } | null;
  close(): Promise<void>;
}

export async function startGateway(central: URL): Promise<Gateway> {
  const server = createServer((incoming, response) => {
    const { refusal } = gateway;
    if (refusal !== null && incoming.method === 'POST' && incoming.url === CENTRAL_PATHS.productOrder) {
      incoming.resume();
      response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ code: refusal.code, reason: 'Refused by the gateway', '@type': 'Error' }));
      return;
    }
    const { method, headers } = incoming;
    const passedOn = ask(new URL(incoming.url ?? '/', central), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // Central is away: so is what stands before it.
    passedOn.on('error', () => response.destroy());
    response.on('close', () => passedOn.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.int() }).parse(server.address());
  const gateway: Gateway = {
    url: new URL(`http://127.0.0.1:${port}/`),
    refusal: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gateway;
}
