import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';

export interface FakeOrder {
  readonly id: string;
  readonly externalId: string;
  state: string;
  readonly body: string;
  readonly customer: string;
}

/** What a scripted answer does instead of the ordinary one. */
export type Script =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'raw'; readonly status: number; readonly contentType: string; readonly body: string }
  /** Committed, but the answer never leaves. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'state'; readonly state: string; readonly reason?: string }
  | { readonly kind: 'silence' };

const orderBodySchema = z.looseObject({
  externalId: z.string(),
  productOrderItem: z.array(z.unknown()),
  relatedParty: z.array(z.looseObject({ id: z.string() })),
});

const rescue = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const RESCUE_PUBLIC_PEM = z.string().parse(rescue.publicKey.export({ type: 'spki', format: 'pem' }));
export const RESCUE_PRIVATE_KEY = rescue.privateKey;

/** A central on a real socket that answers by script: the faults are its purpose. It books each order once. */
export class FakeCentral {
  readonly orders = new Map<string, FakeOrder>();
  /** In the order in which they were booked. */
  readonly booked: string[] = [];
  posts = 0;
  lookUps = 0;
  tokens = 0;
  requests: string[] = [];
  /** Decides about a POST of that application; null: the ordinary answer. */
  script: (externalId: string, attempt: number) => Script | null = () => null;
  /** Added to the `Date` header. */
  clockOffsetMs = 0;
  /** Answers everything with a portal's page. */
  captivePortal = false;
  rejectedTokens = new Set<string>();
  routes = new Map<
    string,
    (url: URL, body: string) => { status: number; json: unknown; headers?: Record<string, string> }
  >();
  private readonly attempts = new Map<string, number>();
  private server: Server | undefined;
  private port = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.handle(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  /** Stops serving; the next start comes back under the same address. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.port}`);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    const incoming: AsyncIterable<Uint8Array> = request;
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    response.setHeader('date', new Date(Date.now() + this.clockOffsetMs).toUTCString());
    const json = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    if (this.captivePortal) {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>Welcome to Shop Wi-Fi</html>');
      return;
    }
    if (url.pathname === CENTRAL_PATHS.token) {
      this.tokens += 1;
      json(200, { access_token: `token-${this.tokens}`, token_type: 'Bearer', expires_in: 300 });
      return;
    }
    const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (bearer === '' || this.rejectedTokens.has(bearer)) {
      json(401, { code: 'unauthenticated', reason: 'token' });
      return;
    }
    if (url.pathname === CENTRAL_PATHS.configuration) {
      json(200, {
        terminalCode: 'T01',
        shopName: '見本ショップ',
        shopPhone: '0120-000-000',
        demo: true,
        rescueKey: { id: 'rescue-1', publicKeyPem: RESCUE_PUBLIC_PEM },
      });
      return;
    }
    if (url.pathname === CENTRAL_PATHS.productOrder) {
      if (request.method === 'POST') this.post(body, request, response, json);
      else this.list(url, json);
      return;
    }
    const route = this.routes.get(`${request.method} ${url.pathname}`);
    if (route === undefined) {
      json(404, { code: 'not-found', reason: url.pathname });
      return;
    }
    const answer = route(url, body);
    json(answer.status, answer.json, answer.headers);
  }

  private list(url: URL, json: (status: number, value: unknown) => void): void {
    this.lookUps += 1;
    const id = url.searchParams.get('externalId');
    const found = [...this.orders.values()].filter((order) => id === null || order.externalId === id);
    json(
      200,
      found.map((order) => toTmf(order)),
    );
  }

  private post(
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
    json: (status: number, value: unknown, headers?: Record<string, string>) => void,
  ): void {
    this.posts += 1;
    const parsed = orderBodySchema.parse(JSON.parse(body));
    const id = parsed.externalId;
    const attempt = (this.attempts.get(id) ?? 0) + 1;
    this.attempts.set(id, attempt);
    const script = this.script(id, attempt);
    switch (script?.kind) {
      case 'status':
        return json(script.status, { code: script.code ?? 'scripted', reason: 'scripted' }, script.headers);
      case 'raw':
        response.writeHead(script.status, { 'content-type': script.contentType });
        response.end(script.body);
        return;
      case 'silence':
        return;
      case 'lost-answer':
        this.book(id, body, parsed.relatedParty[0]?.id ?? '', 'acknowledged');
        request.socket.destroy();
        return;
      case 'state':
        return json(201, {
          ...toTmf(this.book(id, body, parsed.relatedParty[0]?.id ?? '', script.state)),
          ...(script.reason === undefined ? {} : { note: [{ author: 'central', text: script.reason }] }),
        });
      case undefined: {
        const known = this.orders.get(id);
        if (known !== undefined && known.body !== body)
          return json(422, { code: 'other-body', reason: 'same id, other body' });
        return json(201, toTmf(this.book(id, body, parsed.relatedParty[0]?.id ?? '', 'acknowledged')));
      }
    }
  }

  private book(externalId: string, body: string, customer: string, state: string): FakeOrder {
    const known = this.orders.get(externalId);
    if (known !== undefined) return known;
    const order = { id: `order-${this.orders.size + 1}`, externalId, state, body, customer };
    this.orders.set(externalId, order);
    this.booked.push(externalId);
    return order;
  }
}

function toTmf(order: FakeOrder): Record<string, unknown> {
  const { productOrderItem } = orderBodySchema.parse(JSON.parse(order.body));
  return { id: order.id, href: `/${order.id}`, state: order.state, externalId: order.externalId, productOrderItem };
}
