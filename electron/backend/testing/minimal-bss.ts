import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';

/** What becomes of a POST besides being booked and answered. */
export type Mishap = 'none' | 'answer-lost' | 'cut-before' | 'unavailable' | 'html';

interface BookedOrder {
  readonly id: string;
  readonly externalId: string;
  readonly body: Record<string, unknown>;
}

const orderSchema = z.looseObject({
  externalId: z.string(),
  productOrderItem: z.array(z.looseObject({ id: z.string(), action: z.string() })),
});

/**
 * An operator's BSS as bare as TM Forum lets it be: tokens by OAuth, TMF622 with its filters, TMF620 and TMF637 as lists.
 * It has no house API, looks at no Idempotency-Key or grant, books every POST that reaches it anew, and what it doesn't
 * know it answers with a page.
 */
export class MinimalBss {
  readonly orders: BookedOrder[] = [];
  readonly unknownPaths = new Set<string>();
  /** Decides about the nth POST, from 1. */
  mishap: (post: number) => Mishap = () => 'none';
  /** Answers every list whole, whatever it was asked for. */
  ignoresFilters = false;
  posts = 0;
  private server: Server | undefined;
  private port = 0;

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.port}`);
  }

  /** Takes a port; until then, and after stop, nothing listens there. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address === 'object') this.port = address.port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    const incoming: AsyncIterable<Uint8Array> = request;
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.url);
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case `GET ${CENTRAL_PATHS.authorizationServer}`: {
        send(response, 200, { issuer: this.url.origin, token_endpoint: `${this.url.origin}/oauth/token` });
        return;
      }
      case `POST ${CENTRAL_PATHS.token}`: {
        send(response, 200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 300 });
        return;
      }
      case `GET ${CENTRAL_PATHS.productOrder}`: {
        send(response, 200, this.found(url.searchParams).map(toTmf));
        return;
      }
      case `GET ${CENTRAL_PATHS.catalog}`: {
        send(response, 200, [CATALOG]);
        return;
      }
      case `GET ${CENTRAL_PATHS.productOffering}`: {
        send(response, 200, [OFFERING]);
        return;
      }
      case `GET ${CENTRAL_PATHS.productOfferingPrice}`: {
        send(response, 200, [PRICE]);
        return;
      }
      case `GET ${CENTRAL_PATHS.product}`: {
        send(response, 200, []);
        return;
      }
      case `POST ${CENTRAL_PATHS.productOrder}`: {
        this.post(body, request, response);
        return;
      }
      default:
        this.unknownPaths.add(url.pathname);
        {
          page(response, 404);
          return;
        }
    }
  }

  private found(query: URLSearchParams): BookedOrder[] {
    const id = query.get('externalId');
    return this.orders.filter(({ externalId }) => this.ignoresFilters || id === null || externalId === id);
  }

  private post(body: string, request: IncomingMessage, response: ServerResponse): void {
    this.posts += 1;
    const mishap = this.mishap(this.posts);
    switch (mishap) {
      case 'cut-before':
        request.socket.destroy();
        return;
      case 'unavailable':
        return send(response, 503, { code: '503', reason: 'Service Unavailable' });
      case 'none':
      case 'answer-lost':
      case 'html': {
        const order = orderSchema.parse(JSON.parse(body));
        const booked = { id: String(this.orders.length + 1), externalId: order.externalId, body: order };
        this.orders.push(booked);
        if (mishap === 'answer-lost') request.socket.destroy();
        else if (mishap === 'html') page(response, 502);
        else send(response, 201, toTmf(booked));
      }
    }
  }
}

const lastUpdate = '2026-01-01T00:00:00Z';
const CATALOG = { id: '1', href: `${CENTRAL_PATHS.catalog}/1`, name: 'Services', version: '1', lastUpdate };
/** All that TM Forum wants of them, and nothing that a procedure goes by. */
const PRICE = {
  id: 'price-1',
  href: `${CENTRAL_PATHS.productOfferingPrice}/price-1`,
  name: 'Internet 1G, monthly',
  priceType: 'recurring',
  recurringChargePeriodType: 'month',
  price: { unit: 'JPY', value: 5000 },
};
const OFFERING = {
  id: 'internet-1g',
  href: `${CENTRAL_PATHS.productOffering}/internet-1g`,
  name: 'Internet 1G',
  lastUpdate,
  lifecycleStatus: 'Active',
  productOfferingPrice: [{ id: PRICE.id, href: PRICE.href }],
};

const toTmf = ({ id, body }: BookedOrder): Record<string, unknown> => ({
  ...body,
  id,
  href: `${CENTRAL_PATHS.productOrder}/${id}`,
  state: 'acknowledged',
});

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end('<html></html>');
}
