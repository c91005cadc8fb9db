import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { type Carrier, MAX_FRAME_BYTES, MAX_FRAME_CHARACTERS } from '../backend/channel/serve-channel.ts';
import { SECURITY_HEADERS } from '../backend/page-files/page-policy.ts';
import { readPageFile } from '../backend/page-files/read-page-file.ts';

export interface HostServer {
  /** With the per-start token: whoever opens it gets the cookie that everything else asks for. */
  readonly url: string;
  close(): Promise<void>;
}

const CHANNEL_PATH = '/channel';
const MAX_PAGES = 16;

/**
 * Serves the renderer and its channel on loopback only. Every request needs the exact Host; everything but the first
 * one needs the cookie; the channel needs the exact Origin too.
 */
export async function startHostServer(input: {
  port: number;
  rendererDir: string;
  serve(carrier: Carrier): void;
}): Promise<Result<HostServer, { code: 'port-taken' }>> {
  const token = randomBytes(32).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  let port = input.port;
  const host = (): string => `127.0.0.1:${port}`;
  const cookieName = (): string => `madoguchi-${port}`;
  const hasCookie = (request: IncomingMessage): boolean =>
    (request.headers.cookie ?? '')
      .split(/;\s*/)
      .some((pair) => pair.startsWith(`${cookieName()}=`) && isSame(pair.slice(cookieName().length + 1), secret));

  const refuse = (response: ServerResponse, status: number): void => {
    response.writeHead(status, { ...SECURITY_HEADERS, 'cache-control': 'no-store' }).end();
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== host()) {
      refuse(response, 403);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405);
      return;
    }
    const url = URL.parse(request.url ?? '/', `http://${host()}`);
    if (url === null) {
      refuse(response, 400);
      return;
    }
    const given = url.searchParams.get('token');
    if (given !== null) {
      if (!isSame(given, token)) {
        refuse(response, 403);
        return;
      }
      url.searchParams.delete('token');
      response
        .writeHead(303, {
          ...SECURITY_HEADERS,
          'cache-control': 'no-store',
          'set-cookie': `${cookieName()}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
          location: `${url.pathname}${url.search}`,
        })
        .end();
      return;
    }
    if (!hasCookie(request)) {
      refuse(response, 403);
      return;
    }
    const { status, headers, body } = await readPageFile({
      rendererDir: input.rendererDir,
      path: decodePath(url.pathname),
      channel: `ws://${host()}`,
    });
    response.writeHead(status, headers).end(body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: Math.max(MAX_FRAME_CHARACTERS * 3, MAX_FRAME_BYTES),
    perMessageDeflate: false,
  });
  server.on('upgrade', (request, socket, head) => {
    const allowed =
      request.headers.host === host() &&
      request.headers.origin === `http://${host()}` &&
      request.url === CHANNEL_PATH &&
      hasCookie(request) &&
      sockets.clients.size < MAX_PAGES;
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (websocket) => input.serve(carrierOf(websocket)));
  });

  const listening = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!listening) return err({ code: 'port-taken' });
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
  return ok({
    url: `http://${host()}/?token=${token}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function textOf(data: RawData): string {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
  return bytes.toString('utf8');
}

function carrierOf(websocket: WebSocket): Carrier {
  // A broken frame is an error event first, then the close that ends the channel.
  websocket.on('error', () => websocket.terminate());
  return {
    send: (frame) => websocket.send(frame),
    onFrame: (listener) => {
      websocket.on('message', (data, isBinary) => listener(isBinary ? data : textOf(data)));
    },
    onClose: (listener) => {
      websocket.on('close', listener);
    },
    close: () => websocket.close(),
  };
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}
