import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, contractSuite } from '../backend/channel/contract.suite.ts';
import { NONCE_PLACE } from '../backend/page-files/nonce-place.ts';
import { type HostServer, startHostServer } from './host-server.ts';

let rendererDir = '';
let host: HostServer;
const served: unknown[] = [];

async function start(serve: Parameters<typeof startHostServer>[0]['serve']): Promise<HostServer> {
  const started = await startHostServer({ port: 0, rendererDir, serve });
  if (!started.ok) throw new Error(started.error.code);
  return started.value;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Plain HTTP with headers that fetch would not let us set. */
function get(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function cookieOf(server: HostServer): Promise<string> {
  const { headers } = await get(server.url);
  return [headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
}

/** @returns whether the channel opened */
function opens(server: HostServer, headers: Record<string, string>, path = '/channel'): Promise<boolean> {
  const socket = new WebSocket(`ws://${new URL(server.url).host}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

beforeEach(() => {
  rendererDir = mkdtempSync(join(tmpdir(), 'renderer-'));
  writeFileSync(
    join(rendererDir, 'index.html'),
    `<!doctype html><html><head><style nonce="${NONCE_PLACE}"></style></head><body>page</body></html>`,
  );
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(tmpdir(), 'outside-madoguchi.js'), 'secret');
});
afterEach(() => rmSync(rendererDir, { recursive: true }));

describe('the browser host', () => {
  beforeEach(async () => {
    served.length = 0;
    host = await start((carrier) => served.push(carrier));
  });
  afterEach(() => host.close());

  it('turns the token into a cookie and a clean address that keeps language and path', async () => {
    const answer = await get(host.url.replace('/?', '/?lang=ko&'));
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/?lang=ko');
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(new RegExp(`^madoguchi-${new URL(host.url).port}=`));
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
  });

  it('serves the page with a strict policy and never lets it be cached', async () => {
    const page = await get(new URL('/', host.url).href, { cookie: await cookieOf(host) });
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.body).toMatch(/<style nonce="[^"{]+">/);
  });

  it.each([
    ['no cookie', '/', {}],
    ['a wrong token', '/?token=guess', {}],
    ['a wrong cookie', '/assets/main.js', { cookie: 'madoguchi-0=guess' }],
    ['another Host', '/', { host: 'evil.example' }],
    ['localhost as Host', '/', { host: 'localhost' }],
  ])('refuses %s', async (_name, path, headers) => {
    expect((await get(new URL(path, host.url).href, headers)).status).toBe(403);
  });

  it('gives nothing outside its folder and nothing but GET', async () => {
    const cookie = await cookieOf(host);
    for (const path of [
      '/../outside-madoguchi.js',
      '/..%2foutside-madoguchi.js',
      '/%2e%2e/outside-madoguchi.js',
      '/assets/none.js',
    ]) {
      const url = new URL(host.url);
      const answer = await new Promise<number>((resolve) => {
        request({ host: '127.0.0.1', port: url.port, path, headers: { cookie } }, (response) =>
          resolve(response.statusCode ?? 0),
        ).end();
      });
      expect(answer).toBe(404);
    }
    expect((await get(new URL('/', host.url).href, { cookie }, 'POST')).status).toBe(405);
  });

  it('opens the channel only to its own page', async () => {
    const cookie = await cookieOf(host);
    const origin = new URL(host.url).origin;
    expect(await opens(host, { cookie, origin })).toBe(true);
    expect(await opens(host, { origin })).toBe(false);
    expect(await opens(host, { cookie })).toBe(false);
    expect(await opens(host, { cookie, origin: 'http://evil.example' })).toBe(false);
    expect(await opens(host, { cookie, origin: origin.replace('127.0.0.1', 'localhost') })).toBe(false);
    expect(await opens(host, { cookie, origin, host: 'evil.example' })).toBe(false);
    expect(await opens(host, { cookie, origin }, '/other')).toBe(false);
    expect(served).toHaveLength(1);
  });

  it('says when the port is taken', async () => {
    const port = Number(new URL(host.url).port);
    expect(await startHostServer({ port, rendererDir, serve: () => undefined })).toEqual({
      ok: false,
      error: { code: 'port-taken' },
    });
  });
});

contractSuite('the WebSocket', async (shop) => {
  const server = await start(shop.backend.serve);
  const websocket = new WebSocket(`ws://${new URL(server.url).host}/channel`, {
    headers: { cookie: await cookieOf(server), origin: new URL(server.url).origin },
  });
  const closed = new Promise<void>((resolve) => websocket.on('close', () => resolve()));
  await new Promise((resolve) => websocket.on('open', resolve));
  const client: Client = createORPCClient(new RPCLink({ websocket: asBrowserSocket(websocket) }));
  return {
    client,
    sendRaw: (frame) => websocket.send(frame),
    closed,
    close: async () => {
      websocket.close();
      await closed;
      await server.close();
    },
  };
});

/** The part of a browser's WebSocket that the link uses. */
function asBrowserSocket(socket: WebSocket): ConstructorParameters<typeof RPCLink>[0]['websocket'] {
  return {
    get readyState() {
      return socket.readyState;
    },
    send: (data: string | ArrayBufferLike | ArrayBufferView) => {
      socket.send(typeof data === 'string' || ArrayBuffer.isView(data) ? data : new Uint8Array(data));
    },
    addEventListener: (type: string, listener: (event: { data: unknown }) => void) => {
      socket.on(type, (data: unknown, isBinary: boolean) => {
        listener({ data: Buffer.isBuffer(data) && !isBinary ? data.toString('utf8') : data });
      });
    },
    removeEventListener: () => undefined,
  };
}
