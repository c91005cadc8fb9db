import { z } from 'zod';
import type { CentralClient, CentralRequest } from '../../electron/backend/central/central-client.ts';
import { MOST_AT_ONCE } from '../../central/http/overload.ts';
import type { VirtualTime } from './virtual-time.ts';

const LONGEST_AWAY_SECONDS = 10;
const postedSchema = z.object({ externalId: z.string() });

/** A central that does so many requests a second, one after the other, and sends the rest away as ours does. */
export interface HerdCentral {
  readonly client: CentralClient;
  isUp(): boolean;
  /** What it has begun is still done, and nobody hears of it. */
  goDown(): void;
  comeBack(): void;
  /** When each request about an order came, those sent away too (ms). */
  readonly arrivals: readonly number[];
  /** By application: when an order was booked for it (ms), each time that one was. */
  readonly booked: ReadonlyMap<string, readonly number[]>;
}

type Reply =
  | { readonly kind: 'no-answer'; readonly sent: boolean }
  | { readonly kind: 'busy'; readonly retryAfter: string }
  | { readonly kind: 'orders'; readonly json: unknown };

export function createHerdCentral(parts: { time: VirtualTime; random: () => number; perSecond: number }): HerdCentral {
  const { time, random, perSecond } = parts;
  const eachMs = 1000 / perSecond;
  const arrivals: number[] = [];
  const booked = new Map<string, number[]>();
  let up = true;
  let outages = 0;
  let busyUntil = 0;

  /** It books whatever it is asked to, as a BSS without `Idempotency-Key` would. */
  const orders = (request: CentralRequest): unknown => {
    if (request.body === undefined) {
      const id = new URL(request.path, 'http://central').searchParams.get('externalId') ?? '';
      return booked.has(id) ? [order(id)] : [];
    }
    const { externalId } = postedSchema.parse(JSON.parse(request.body));
    booked.set(externalId, [...(booked.get(externalId) ?? []), time.now()]);
    return order(externalId);
  };

  const serve = async (request: CentralRequest): Promise<Reply> => {
    if (!up) return { kind: 'no-answer', sent: false };
    arrivals.push(time.now());
    if (busyUntil - time.now() >= MOST_AT_ONCE * eachMs) {
      return { kind: 'busy', retryAfter: String(1 + Math.floor(random() * LONGEST_AWAY_SECONDS)) };
    }
    busyUntil = Math.max(busyUntil, time.now()) + eachMs;
    const outage = outages;
    await new Promise<void>((resolve) => time.after(busyUntil - time.now(), resolve));
    const json = orders(request);
    return outage === outages ? { kind: 'orders', json } : { kind: 'no-answer', sent: true };
  };

  return {
    arrivals,
    booked,
    isUp: () => up,
    goDown: () => {
      up = false;
      outages += 1;
    },
    comeBack: () => {
      up = true;
    },
    client: {
      call: async (request, schema) => {
        const reply = await serve(request);
        const headers = { date: null, retryAfter: null, etag: null, totalCount: null };
        switch (reply.kind) {
          case 'no-answer':
            return { kind: 'no-answer', sent: reply.sent, cause: 'ECONNREFUSED' };
          case 'busy': {
            const { retryAfter } = reply;
            return {
              kind: 'error',
              status: 429,
              error: { code: 'busy', reason: 'busy' },
              headers: { ...headers, retryAfter },
            };
          }
          case 'orders':
            return { kind: 'ok', status: 200, body: schema.parse(reply.json), headers };
        }
      },
      // Nobody is signed in.
      onSessionOver: () => undefined,
    },
  };
}

function order(externalId: string): Record<string, unknown> {
  return { id: externalId, href: `/${externalId}`, externalId, state: 'acknowledged', productOrderItem: [] };
}
