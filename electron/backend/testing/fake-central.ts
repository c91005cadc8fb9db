import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { CAPTURE_ERRORS, orderCapturesSchema } from '../../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type CaptureReply, FakeCaptures } from './fake-captures.ts';

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
  | { readonly kind: 'silence' }
  /** The ordinary answer, but not before that. */
  | { readonly kind: 'later'; readonly after: Promise<void> };

const orderBodySchema = z.looseObject({
  externalId: z.string(),
  productOrderItem: z.array(z.unknown()),
  relatedParty: z.array(z.looseObject({ id: z.string() })),
  application: z.looseObject({ captures: orderCapturesSchema.optional() }).optional(),
});

/** In the order that a thumbprint wants. */
const registrationSchema = z.object({
  jwks: z.object({ keys: z.tuple([z.object({ crv: z.string(), kty: z.string(), x: z.string(), y: z.string() })]) }),
});

const rescue = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const RESCUE_PUBLIC_PEM = z.string().parse(rescue.publicKey.export({ type: 'spki', format: 'pem' }));
/** Its private half, of 2,048 bits. */
export const RESCUE = { key: rescue.privateKey, rsaBytes: 256 };

/** A central on a real socket that answers by script: the faults are its purpose. It books each order once. */
export class FakeCentral {
  readonly orders = new Map<string, FakeOrder>();
  readonly captures = new FakeCaptures();
  /** Decides about a request that is about a picture; null: the ordinary answer. */
  onCapture: () => CaptureReply | 'cut-before' | 'cut-after' | null = () => null;
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
  /** As with demo data: terminals need no manager. */
  approvesItself = true;
  codes = 0;
  codeSeconds = 600;
  enrolments = 0;
  /** Code with which terminals are refused a token until they have enrolled anew. */
  dismissal: string | null = null;
  routes = new Map<
    string,
    (url: URL, body: string) => { status: number; json: unknown; headers?: Record<string, string> }
  >();
  private readonly approvedDevices = new Set<string>();
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
    if (this.enrol(url, body, json)) return;
    if (url.pathname === CENTRAL_PATHS.token) {
      if (this.dismissal !== null) {
        json(401, { error: 'invalid_client', code: this.dismissal });
        return;
      }
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
        terminalCode: this.terminalCode,
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
    if (url.pathname.startsWith(CENTRAL_PATHS.captures)) {
      const scripted = this.onCapture();
      if (scripted === 'cut-before') {
        request.socket.destroy();
        return;
      }
      const given = typeof scripted === 'object' ? scripted : null;
      const reply = given ?? this.captures.serve(request.method ?? '', url.pathname, body);
      if (scripted === 'cut-after' || reply === null) request.socket.destroy();
      else json(reply.status, reply.json);
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

  /** Metadata, code, approval and registration, as central's authorization server answers them. */
  private enrol(url: URL, body: string, json: (status: number, value: unknown) => void): boolean {
    switch (url.pathname) {
      case CENTRAL_PATHS.authorizationServer:
        json(200, {
          issuer: this.url.origin,
          ...(this.approvesItself ? { demo_enrolment_path: '/demo/enrolment' } : {}),
        });
        return true;
      case CENTRAL_PATHS.deviceAuthorization:
        this.codes += 1;
        json(200, {
          device_code: deviceCodeOf(this.codes),
          user_code: userCodeOf(this.codes),
          verification_uri: `${this.url.origin}${CENTRAL_PATHS.enrolmentPage}`,
          expires_in: this.codeSeconds,
          interval: 0.05,
        });
        return true;
      case '/demo/enrolment':
        this.approve(z.object({ user_code: z.string() }).parse(JSON.parse(body)).user_code);
        json(200, {});
        return true;
      case CENTRAL_PATHS.token: {
        const device = new URLSearchParams(body).get('device_code');
        if (device === null) return false;
        if (this.approvedDevices.has(device))
          json(200, { access_token: 'registration', token_type: 'Bearer', expires_in: 300 });
        else json(400, { error: 'authorization_pending' });
        return true;
      }
      case CENTRAL_PATHS.registration: {
        const [key] = registrationSchema.parse(JSON.parse(body)).jwks.keys;
        this.dismissal = null;
        this.enrolments += 1;
        json(201, {
          client_id: createHash('sha256').update(JSON.stringify(key)).digest('base64url'),
          terminal_code: this.terminalCode,
        });
        return true;
      }
      default:
        return false;
    }
  }

  /** A manager's approval of a code that a terminal shows. */
  approve(userCode: string): void {
    for (let code = 1; code <= this.codes; code += 1) {
      if (userCodeOf(code) === userCode) this.approvedDevices.add(deviceCodeOf(code));
    }
  }

  private get terminalCode(): string {
    return `T${String(Math.max(1, this.enrolments)).padStart(2, '0')}`;
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
      case 'later':
        void script.after.then(() => this.answerOrder(parsed, body, json));
        return;
      case undefined:
        return this.answerOrder(parsed, body, json);
    }
  }

  private answerOrder(
    { externalId: id, application, relatedParty }: z.infer<typeof orderBodySchema>,
    body: string,
    json: (status: number, value: unknown) => void,
  ): void {
    const known = this.orders.get(id);
    if (application?.captures?.some((hash) => this.captures.contentOf(id, hash) === null) === true)
      return json(409, { code: CAPTURE_ERRORS.missing, reason: 'pictures first' });
    if (known !== undefined && known.body !== body)
      return json(422, { code: 'other-body', reason: 'same id, other body' });
    return json(201, toTmf(this.book(id, body, relatedParty[0]?.id ?? '', 'acknowledged')));
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

const userCodeOf = (code: number): string => `CODE-${String(code).padStart(4, '0')}`;
const deviceCodeOf = (code: number): string => `device-${code}`;

function toTmf(order: FakeOrder): Record<string, unknown> {
  const { productOrderItem } = orderBodySchema.parse(JSON.parse(order.body));
  return { id: order.id, href: `/${order.id}`, state: order.state, externalId: order.externalId, productOrderItem };
}
