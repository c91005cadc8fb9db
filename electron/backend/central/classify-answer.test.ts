import { describe, expect, it } from 'vitest';
import type { ProductOrder } from '../../../shared/central-api/product-order.ts';
import type { CentralAnswer } from './central-answer.ts';
import { classifyAnswer } from './classify-answer.ts';
import { retryAfterMs } from './retry-after.ts';

const ID = '019300aa-0000-7000-8000-000000000001';
const headers = { date: null, retryAfter: null, etag: null, totalCount: null };
const order = (state: ProductOrder['state'], note?: string, externalId = ID): CentralAnswer<ProductOrder> => ({
  kind: 'ok',
  status: 201,
  headers,
  body: {
    id: 'o-1',
    href: '/o-1',
    state,
    externalId,
    productOrderItem: [],
    ...(note === undefined ? {} : { note: [{ author: 'central', text: note }] }),
  },
});
const error = (status: number, code = 'any'): CentralAnswer<ProductOrder> => ({
  kind: 'error',
  status,
  headers,
  error: { code, reason: 'any' },
});

const again = (processed: 'no' | 'unknown') => ({ kind: 'retry', processed });
const rejected = (reason: string) => ({ kind: 'rejected', reason });
const held = (reason: string) => ({ kind: 'held', reason });

describe('an answer to an application', () => {
  it.each<[string, CentralAnswer<ProductOrder>, object]>([
    ['201 acknowledged', order('acknowledged'), { kind: 'accepted', orderId: 'o-1', progress: 'acknowledged' }],
    ['201 in progress', order('inProgress'), { kind: 'accepted', progress: 'inProgress' }],
    ['201 pending', order('pending'), { kind: 'accepted', progress: 'inProgress' }],
    ['200 completed', order('completed'), { kind: 'accepted', progress: 'completed' }],
    ['201 held, reason given', order('held', 'price-changed'), held('price-changed')],
    ['201 held, reason unknown here', order('held', 'moon-phase'), held('other')],
    ['201 held, for what nothing waits for', order('held', 'overtaken'), held('other')],
    ['201 held, no reason', order('held'), held('other')],
    ['201 rejected', order('rejected', 'change-pending'), rejected('change-pending')],
    ['201 cancelled', order('cancelled'), rejected('other')],
    ['201 failed', order('failed'), rejected('other')],
    ['201 of another application', order('acknowledged', undefined, 'another'), again('unknown')],
    ['400', error(400), rejected('invalid')],
    ['401 with a fresh token', error(401), again('no')],
    ['403', error(403), held('not-authorised')],
    ['404', error(404), held('not-found')],
    ['405', error(405), held('other')],
    ['408', error(408), again('unknown')],
    ['409', error(409, 'conflict'), held('conflict')],
    ['409 still running', error(409, 'still-running'), again('unknown')],
    ['413', error(413), held('too-large')],
    ['422', error(422), rejected('invalid')],
    ['425', error(425), again('no')],
    ['429', error(429), again('no')],
    ['500', error(500), again('unknown')],
    ['503', error(503), again('unknown')],
    ['captive portal', { kind: 'not-central', status: 200, headers }, again('unknown')],
    ["a proxy's 422", { kind: 'not-central', status: 422, headers }, again('unknown')],
    ['a redirect', { kind: 'not-central', status: 302, headers }, again('unknown')],
    ['304', { kind: 'unchanged', headers }, again('unknown')],
    ['time-out', { kind: 'no-answer', sent: true, cause: 'deadline' }, again('unknown')],
    ['refused connection', { kind: 'no-answer', sent: false, cause: 'ECONNREFUSED' }, again('no')],
  ])('%s', (_name, answer, verdict) => {
    expect(classifyAnswer(ID, answer)).toMatchObject(verdict);
  });
});

describe('Retry-After', () => {
  const date = 'Tue, 24 Nov 2026 03:00:00 GMT';
  it.each([
    [null, null, null],
    ['120', null, 120_000],
    ['0', null, 0],
    ['Tue, 24 Nov 2026 03:01:00 GMT', date, 60_000],
    ['Tue, 24 Nov 2026 02:00:00 GMT', date, 0],
    ['soon', date, null],
    ['999999999', null, 86_400_000],
  ])('%s', (retryAfter, dateHeader, expected) => {
    expect(retryAfterMs(retryAfter, dateHeader, Date.parse(date))).toBe(expected);
  });
});
