import type { AnswerHeaders } from '../../../electron/backend/central/central-answer.ts';
import type { TransportAnswer, TransportRequest } from '../../../electron/backend/central/transport.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Dice } from '../dice.ts';
import type { Findings } from '../properties.ts';
import type { CentralKind, OracleCentral, Served } from './oracle-central.ts';
import { EPOCH, type World } from './world.ts';

/** What the line of a shop is like for a while. */
export type LineState = 'good' | 'down' | 'black-hole' | 'captive-portal';

export interface Line {
  state: LineState;
  /** Share of requests that something happens to. */
  mishaps: number;
}

/** `before`: central never got it. `after`: central did what was asked, and that is not what came back. */
type Mishap =
  | 'reset before'
  | 'reset after'
  | 'late'
  | 'slow answer'
  | 'html 200 before'
  | 'html 502 after'
  | 'cut JSON before'
  | 'cut JSON after'
  | '500 before'
  | '500 after'
  | '503 with Retry-After'
  | '429 with Retry-After'
  | '429 with a date'
  | '408 after'
  | '425'
  | '401'
  | '409 still running';

const ANYWHERE: readonly [readonly [number, Mishap], ...(readonly [number, Mishap])[]] = [
  [4, 'reset before'],
  [6, 'reset after'],
  [4, 'slow answer'],
  [2, 'html 200 before'],
  [2, 'html 502 after'],
  [2, 'cut JSON before'],
  [3, 'cut JSON after'],
  [2, '500 before'],
  [3, '500 after'],
  [2, '503 with Retry-After'],
  [2, '401'],
];
const ON_ORDERS: typeof ANYWHERE = [
  ...ANYWHERE,
  [2, '429 with Retry-After'],
  [1, '429 with a date'],
  [2, '408 after'],
  [1, '425'],
];
/** Only where central remembers by key does a request that comes late, or twice at once, do no harm. */
const ON_IDEMPOTENT_ORDERS: typeof ANYWHERE = [...ON_ORDERS, [4, 'late'], [2, '409 still running']];

/** Shorter than any terminal's restart: a BSS that knows no keys can't tell a request that was overtaken by its own repeat. */
const LONGEST_WAY_MS = 200;
const LONGEST_LATE_MS = 60_000;

export interface Sending {
  readonly request: TransportRequest;
  readonly line: Line;
  readonly dice: Dice;
  answer(with_: TransportAnswer): void;
}

export interface Network {
  isCentralUp: boolean;
  send(sending: Sending): void;
}

export function createNetwork(parts: { world: World; central: OracleCentral; findings: Findings }): Network {
  const { world, central, findings } = parts;
  const network: Network = { isCentralUp: true, send };

  function send({ request, line, dice, answer }: Sending): void {
    const there = dice.between(1, LONGEST_WAY_MS);
    const back = dice.between(1, LONGEST_WAY_MS);
    const mishap = dice.chance(line.mishaps) ? dice.weighted(mishapsOn(request, central.kind)) : null;
    const extra = dice.between(1_000, 15_000);
    const late = dice.between(1, LONGEST_LATE_MS);
    let isDone = false;
    const once = (given: TransportAnswer): void => {
      if (isDone) return;
      isDone = true;
      answer(given);
    };
    const lost = (sent: boolean, cause: string): TransportAnswer => ({ kind: 'no-answer', sent, cause });
    world.after(request.timeoutMs, () => once(lost(true, 'deadline')));
    if (line.state === 'down' || !network.isCentralUp) {
      findings.try(line.state === 'down' ? 'line down' : 'central down');
      return void world.after(there, () => once(lost(false, 'ECONNREFUSED')));
    }
    if (line.state === 'black-hole') return findings.try('black hole');
    if (line.state === 'captive-portal') {
      findings.try('captive portal');
      return void world.after(there + back, () => once(page(200)));
    }
    if (mishap !== null) findings.try(mishap);
    /** Central does it, and `reply` makes what comes back; null: nothing does. */
    const served = (reply: (served: Served) => TransportAnswer | null, arrives = there, returns = back): void => {
      world.after(arrives, () => {
        // What was on its way when central went down never arrives.
        if (!network.isCentralUp) return;
        const given = reply(central.serve(request));
        if (given !== null) world.after(returns, () => once(given));
      });
    };
    const without = (given: TransportAnswer): void => void world.after(there + back, () => once(given));
    const error = (status: number, retryAfter: string | null = null): TransportAnswer => ({
      kind: 'answer',
      status,
      headers: { ...NO_HEADERS, retryAfter, date: new Date(EPOCH + world.now()).toUTCString() },
      json: { code: status === 409 ? 'still-running' : 'mishap', reason: 'mishap', error: 'mishap' },
    });
    switch (mishap) {
      case null:
        return served((given) => ({ kind: 'answer', ...given }));
      case 'reset before':
        return without(lost(true, 'ECONNRESET'));
      case 'reset after':
        return served(() => lost(true, 'ECONNRESET'));
      case 'late':
        return served(() => null, request.timeoutMs + late);
      case 'slow answer':
        return served((given) => ({ kind: 'answer', ...given }), there, extra);
      case 'html 200 before':
        return without(page(200));
      case 'html 502 after':
        return served(() => page(502));
      case 'cut JSON before':
        return without({ ...page(201) });
      case 'cut JSON after':
        return served((given) => ({ kind: 'answer', ...given, json: undefined }));
      case '500 before':
        return without(error(500));
      case '500 after':
        return served(() => error(500));
      case '503 with Retry-After':
        return without(error(503, String(dice.between(1, 20))));
      case '429 with Retry-After':
        return without(error(429, String(dice.between(1, 20))));
      case '429 with a date':
        return without(error(429, new Date(EPOCH + world.now() + extra).toUTCString()));
      case '408 after':
        return served(() => error(408));
      case '425':
        return without(error(425));
      case '401':
        central.forgetTokens();
        return served((given) => ({ kind: 'answer', ...given }));
      case '409 still running':
        return without(error(409));
    }
  }
  return network;
}

const NO_HEADERS: AnswerHeaders = { date: null, retryAfter: null, etag: null, totalCount: null };

function page(status: number): TransportAnswer {
  return { kind: 'answer', status, headers: NO_HEADERS, json: undefined };
}

function mishapsOn({ path }: TransportRequest, kind: CentralKind): typeof ANYWHERE {
  if (!path.startsWith(CENTRAL_PATHS.productOrder)) return ANYWHERE;
  return kind === 'idempotent' ? ON_IDEMPOTENT_ORDERS : ON_ORDERS;
}
