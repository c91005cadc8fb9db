import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AnswerHeaders } from '../../../electron/backend/central/central-answer.ts';
import type { TransportRequest } from '../../../electron/backend/central/transport.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { FakeCaptures } from '../../../electron/backend/testing/fake-captures.ts';
import { IDEMPOTENCY_KEY_HEADER } from '../../../shared/central-api/terminal-v1.ts';
import type { Findings } from '../properties.ts';
import { EPOCH, type World } from './world.ts';

/** What central will say of an application that reaches it, however often. */
export type Fate =
  | 'accept'
  | 'hold-then-accept'
  | 'hold-then-reject'
  | 'unprocessable'
  | 'bad-request'
  | 'forbidden'
  | 'not-found'
  | 'too-large'
  | 'conflict'
  | 'poison';

/** `idempotent`: remembers by Idempotency-Key, as ours does. `plain`: books whatever it is sent, as TMF622 alone allows. */
export type CentralKind = 'idempotent' | 'plain';

export interface Served {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly json: unknown;
}

export interface Order {
  readonly number: string;
  /** Of its body. */
  readonly digest: string;
  state: 'acknowledged' | 'held' | 'rejected' | 'cancelled';
  /** The application whose place it took. */
  readonly replaces: string | null;
}

export interface OracleCentral {
  readonly kind: CentralKind;
  serve(request: TransportRequest): Served;
  /** All orders of that application, as often as it was booked. */
  ordersOf(applicationId: string): readonly Order[];
  /** In the order in which they were booked. */
  readonly booked: readonly string[];
  fateOf(applicationId: string): Fate;
  decide(applicationId: string, fate: Fate): void;
  /** Digests of every body that came under that id. */
  bodiesOf(applicationId: string): ReadonlySet<string>;
  /** It came before, and the answer was lost. */
  alreadyHas(applicationId: string, body: string): void;
  /** From now on it does not know the tokens that it gave. */
  forgetTokens(): void;
}

const TOKEN_SECONDS = 300;
/** How far a terminal's assertion may be off. */
const ASSERTION_TOLERANCE_MS = 60_000;
const HOLD_MS = 40_000;

const assertionSchema = z.object({ iat: z.number() });
const bodySchema = z.looseObject({
  externalId: z.string(),
  application: z.looseObject({ replaces: z.string().optional(), captures: z.array(z.string()).optional() }),
});

/**
 * Central as the terminals see it, strict about exactly once: it books, remembers and counts, and nothing is forgiven.
 * It answers at once and in this thread, which no database could.
 */
export function createOracleCentral(parts: {
  world: World;
  kind: CentralKind;
  findings: Findings;
  rescuePem: string;
  holdReason(applicationId: string): string;
}): OracleCentral {
  const { world, kind, findings, rescuePem } = parts;
  const orders = new Map<string, Order[]>();
  const booked: string[] = [];
  const bodies = new Map<string, Set<string>>();
  const fates = new Map<string, Fate>();
  const pictures = new FakeCaptures();
  const tokens = new Map<string, number>();
  let issued = 0;

  const headers = (): AnswerHeaders => ({
    date: new Date(EPOCH + world.now()).toUTCString(),
    retryAfter: null,
    etag: null,
    totalCount: null,
  });
  const answer = (status: number, json: unknown): Served => ({ status, headers: headers(), json });
  const refuse = (status: number, code: string): Served => answer(status, { code, reason: code });
  const fateOf = (id: string): Fate => fates.get(id) ?? 'accept';

  function token(body: string | undefined): Served {
    const assertion = new URLSearchParams(body).get('client_assertion')?.split('.')[1] ?? '';
    const { iat } = assertionSchema.parse(JSON.parse(Buffer.from(assertion, 'base64url').toString()));
    if (Math.abs(iat * 1000 - EPOCH - world.now()) > ASSERTION_TOLERANCE_MS) {
      return answer(401, { error: 'invalid_client', code: 'terminal-refused' });
    }
    issued += 1;
    const given = `token-${issued}`;
    tokens.set(given, world.now() + TOKEN_SECONDS * 1000);
    return answer(200, { access_token: given, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
  }

  function post(request: TransportRequest): Served {
    const body = request.body ?? '';
    const { externalId: id, application } = bodySchema.parse(JSON.parse(body));
    const replaces = application.replaces ?? null;
    for (const hash of application.captures ?? []) {
      const isWhole = pictures.contentOf(id, hash) !== null;
      findings.check('captures_complete_before_order', isWhole, `${id} came before its picture ${hash}`);
    }
    const seen = bodies.get(id) ?? new Set();
    const digest = digestOf(body);
    bodies.set(id, seen.add(digest));
    findings.check('same_key_other_body_422', seen.size === 1, `${id} came with another body`);
    findings.check(
      'same_key_other_body_422',
      request.headers[IDEMPOTENCY_KEY_HEADER] === id,
      `${id} came under another key`,
    );
    const known = orders.get(id)?.[0];
    if (kind === 'idempotent' && known !== undefined) {
      return known.digest === digest ? answer(201, toTmf(id, known)) : refuse(422, 'other-body');
    }
    if (kind === 'idempotent' && isReplaced(id, replaces)) return refuse(409, 'already-replaced');
    switch (fateOf(id)) {
      case 'accept':
        return answer(201, toTmf(id, book({ id, digest, state: 'acknowledged', replaces })));
      case 'hold-then-accept':
      case 'hold-then-reject': {
        const order = book({ id, digest, state: 'held', replaces });
        const decided = fateOf(id) === 'hold-then-accept' ? 'acknowledged' : 'rejected';
        world.after(HOLD_MS, () => {
          if (order.state !== 'held') return;
          order.state = decided;
          world.note(`central ${decided} ${id}`);
        });
        return answer(201, toTmf(id, order));
      }
      case 'unprocessable':
        return refuse(422, 'invalid');
      case 'bad-request':
        return refuse(400, 'invalid');
      case 'forbidden':
        return refuse(403, 'forbidden');
      case 'not-found':
        return refuse(404, 'not-found');
      case 'too-large':
        return refuse(413, 'too-large');
      case 'conflict':
        return refuse(409, 'conflict');
      case 'poison':
        return refuse(500, 'internal');
    }
  }

  /** Something that takes its place came before it, or before what was to take the same place. */
  function isReplaced(id: string, replaces: string | null): boolean {
    return [...orders.values()]
      .flat()
      .some((order) => order.replaces === id || (replaces !== null && order.replaces === replaces));
  }

  function book(made: { id: string; digest: string; state: 'acknowledged' | 'held'; replaces: string | null }): Order {
    const { id, digest, state, replaces } = made;
    for (const replaced of replaces === null || kind === 'plain' ? [] : (orders.get(replaces) ?? [])) {
      if (replaced.state === 'rejected') continue;
      replaced.state = 'cancelled';
      world.note(`central cancelled ${replaces ?? ''}`);
    }
    const order: Order = { number: String(booked.length + 1), digest, state, replaces };
    const own = orders.get(id) ?? [];
    orders.set(id, [...own, order]);
    booked.push(id);
    world.note(`central booked ${id} ${state}`);
    findings.check('acked_exactly_once_at_central', own.length === 0, `${id} was booked ${own.length + 1} times`);
    return order;
  }

  const toTmf = (id: string, { number, state }: Order): unknown => ({
    id: number,
    href: `${CENTRAL_PATHS.productOrder}/${number}`,
    externalId: id,
    state,
    productOrderItem: [],
    ...(state === 'held' ? { note: [{ author: 'central', text: parts.holdReason(id) }] } : {}),
  });

  return {
    kind,
    serve: (request) => {
      const url = new URL(request.path, 'http://central.example');
      if (url.pathname === CENTRAL_PATHS.authorizationServer) return answer(200, { issuer: 'http://central.example' });
      if (url.pathname === CENTRAL_PATHS.token) return token(request.body);
      const bearer = request.headers['authorization']?.replace('Bearer ', '') ?? '';
      if ((tokens.get(bearer) ?? 0) <= world.now()) return refuse(401, 'unauthenticated');
      if (url.pathname === CENTRAL_PATHS.configuration) {
        // A BSS of TM Forum alone knows no configuration.
        if (kind === 'plain') return { status: 404, headers: headers(), json: undefined };
        return answer(200, {
          terminalCode: 'T01',
          shopName: 'Simulated shop',
          shopPhone: '0120-000-000',
          demo: true,
          rescueKey: { id: 'rescue-1', publicKeyPem: rescuePem },
        });
      }
      const capture = pictures.serve(request.method, url.pathname, request.body ?? '');
      if (capture !== null) return answer(capture.status, capture.json);
      if (url.pathname !== CENTRAL_PATHS.productOrder) return refuse(404, 'not-found');
      if (request.method === 'POST') return post(request);
      const id = url.searchParams.get('externalId') ?? '';
      return answer(
        200,
        (orders.get(id) ?? []).map((order) => toTmf(id, order)),
      );
    },
    ordersOf: (id) => orders.get(id) ?? [],
    booked,
    fateOf,
    decide: (id, fate) => {
      fates.set(id, fate);
    },
    bodiesOf: (id) => bodies.get(id) ?? new Set(),
    alreadyHas: (id, body) => {
      const digest = digestOf(body);
      bodies.set(id, new Set([digest]));
      book({ id, digest, state: 'acknowledged', replaces: null });
    },
    forgetTokens: () => tokens.clear(),
  };
}

export function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
