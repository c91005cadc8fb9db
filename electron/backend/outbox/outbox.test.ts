import { mkdtempSync, readFileSync, readdirSync, statSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReceiptNumber } from '../../../shared/domain/receipt-number.ts';
import { RESCUE, RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { rescuedKey } from '../testing/rescued-key.ts';
import { anApplication, enqueued, openOutbox } from '../testing/sync-rig.ts';
import { decrypt } from './envelope.ts';
import { ownHalf } from './own-half.ts';
import { loadTerminalKey } from './terminal-key.ts';
import { keyInFile, TERMINAL_KEY_FILE } from './terminal-key-file.ts';

const CANARIES = ['1000000002', '山田花子カナリア', 'grant-canary-7f3a', 'internet.mega160'];
let dataDir = '';

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'outbox-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function filesContain(text: string): boolean {
  const files = readdirSync(dataDir).filter((name) => name !== TERMINAL_KEY_FILE);
  return files.some((name) => readFileSync(join(dataDir, name)).includes(text));
}

function accept(outbox: ReturnType<typeof openOutbox>['outbox'], id: string): void {
  outbox.advance({ settle: [], start: 16, skip: () => false });
  outbox.advance({
    settle: [{ id, state: 'accepted', reason: null, progress: 'acknowledged', orderId: 'order-1' }],
    start: 0,
    skip: () => false,
  });
}

describe('enqueue', () => {
  it('keeps the frozen bytes and gives each its own receipt number', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const first = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    const second = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    expect(isReceiptNumber(first.receiptNumber)).toBe(true);
    expect(first.receiptNumber).not.toBe(second.receiptNumber);
    expect(outbox.payloadOf(first.id)?.body).toContain(first.receiptNumber);
    expect(outbox.waitingCount()).toBe(2);
    db.close();
  });

  it.each(['id', 'receipt_counter'])('cannot hold two with the same %s, whoever writes them', (same) => {
    const { db, outbox } = openOutbox({ dataDir });
    const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    const fresh = { id: `'another'`, receipt_counter: '2' };
    const columns = Object.entries({ ...fresh, [same]: same });
    const copy = db.prepare(
      `insert into outbox (procedure_id, customer_key, receipt_number, receipt_day, fingerprint, state, captured_at,
         changed_at, ${columns.map(([name]) => name).join(', ')})
       select procedure_id, customer_key, receipt_number, receipt_day, fingerprint, state, captured_at,
         changed_at, ${columns.map(([, value]) => value).join(', ')} from outbox where id = ?`,
    );
    expect(() => copy.run(id)).toThrow(/UNIQUE/);
    db.close();
  });

  it('answers a repeat with the same entry and refuses the id to another customer', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const input = anApplication(RESCUE_PUBLIC_PEM);
    const first = enqueued(outbox, input);
    expect(enqueued(outbox, { ...input, freeze: () => 'never built' })).toEqual(first);
    expect(outbox.enqueue({ ...input, customerNumber: '1000000003' })).toEqual({
      ok: false,
      error: { code: 'id-taken' },
    });
    expect(outbox.waitingCount()).toBe(1);
    db.close();
  });

  it('refuses on a full disk, and what stood before stands', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const kept = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
    const big = anApplication(RESCUE_PUBLIC_PEM, { freeze: () => 'x'.repeat(200_000) });
    expect(outbox.enqueue(big)).toEqual({ ok: false, error: { code: 'disk-full' } });
    expect(outbox.find(big.applicationId)).toBeNull();
    expect(outbox.find(kept.id)?.state).toBe('queued');
    db.close();
  });

  it('leaves nothing readable in any file, before and after the content is erased', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    for (const canary of CANARIES) expect(filesContain(canary), canary).toBe(false);
    accept(outbox, id);
    const wrapped = db.prepare<[], Buffer>('select terminal_wrapped_key from outbox').pluck().get();
    expect(wrapped).toBeInstanceOf(Buffer);
    outbox.eraseAccepted();
    db.close();
    const bytes = readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name)));
    expect(bytes.some((file) => wrapped !== undefined && file.includes(wrapped))).toBe(false);
  });

  it('can be opened by the operator with the rescue key alone', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const { id, receiptNumber } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    const row = db
      .prepare<[], { key: Buffer; payload: Buffer }>('select rescue_wrapped_key as key, payload from outbox')
      .get();
    if (row === undefined) throw new Error('no row');
    const dataKey = rescuedKey(row.key, id, RESCUE);
    expect(decrypt(dataKey, id, row.payload).toString('utf8')).toContain(receiptNumber);
    expect(() => decrypt(dataKey, 'another-row', row.payload)).toThrow();
    db.close();
  });
});

describe('after acceptance', () => {
  it('keeps what, when and the order number, and nothing of the content', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const { id, receiptNumber } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    accept(outbox, id);
    outbox.eraseAccepted();
    expect(outbox.find(id)).toMatchObject({ state: 'accepted', orderId: 'order-1', receiptNumber });
    expect(outbox.payloadOf(id)).toBeNull();
    expect(statSync(join(dataDir, 'terminal.sqlite3-wal')).size).toBe(0);
    db.close();
  });

  it('erases held and rejected ones never', () => {
    const { db, outbox } = openOutbox({ dataDir });
    const { id } = enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM));
    outbox.advance({ settle: [], start: 1, skip: () => false });
    outbox.advance({
      settle: [{ id, state: 'rejected', reason: 'invalid', progress: null, orderId: null }],
      start: 0,
      skip: () => false,
    });
    outbox.eraseAccepted();
    expect(outbox.payloadOf(id)).not.toBeNull();
    db.close();
  });
});

describe('terminal key', () => {
  it('is a file for its owner only', () => {
    expect(loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: true }).ok).toBe(true);
    expect(statSync(join(dataDir, TERMINAL_KEY_FILE)).mode & 0o777).toBe(0o600);
  });

  it('is never made anew where applications wait', () => {
    expect(loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: false })).toEqual({
      ok: false,
      error: { code: 'terminal-key-missing' },
    });
  });
});

describe('any sequence of applications, answers and restarts', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('enqueue' as const), customer: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('repeat' as const), which: fc.nat(20) }),
    fc.record({ do: fc.constant('send' as const), limit: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      do: fc.constant('answer' as const),
      which: fc.nat(20),
      state: fc.constantFrom('accepted' as const, 'held' as const, 'rejected' as const, 'queued' as const),
    }),
    fc.record({ do: fc.constant('erase' as const) }),
    fc.record({ do: fc.constant('restart' as const) }),
  );

  it('loses none, doubles none, keeps each customer in order and counts right', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const folder = mkdtempSync(join(dataDir, 'run-'));
        let { db, outbox } = openOutbox({ dataDir: folder });
        const inputs: ReturnType<typeof anApplication>[] = [];
        const receipts = new Map<string, string>();
        for (const one of steps) {
          if (one.do === 'enqueue') {
            const input = anApplication(RESCUE_PUBLIC_PEM, { customerNumber: `100000000${one.customer}` });
            inputs.push(input);
            receipts.set(input.applicationId, enqueued(outbox, input).receiptNumber);
          } else if (one.do === 'repeat') {
            const input = inputs[one.which];
            if (input !== undefined)
              expect(enqueued(outbox, input).receiptNumber).toBe(receipts.get(input.applicationId));
          } else if (one.do === 'send') {
            const started = outbox.advance({ settle: [], start: one.limit, skip: () => false });
            for (const { id } of started) {
              const customer = inputs.find((input) => input.applicationId === id)?.customerNumber;
              const earlier = inputs.slice(
                0,
                inputs.findIndex((input) => input.applicationId === id),
              );
              const waiting = earlier
                .filter((input) => input.customerNumber === customer)
                .map((input) => outbox.find(input.applicationId)?.state);
              expect(waiting.every((state) => state !== 'queued' && state !== 'sending')).toBe(true);
            }
          } else if (one.do === 'answer') {
            const id = inputs[one.which]?.applicationId;
            if (id === undefined || outbox.find(id)?.state !== 'sending') continue;
            outbox.advance({
              settle: [{ id, state: one.state, reason: null, progress: null, orderId: 'o' }],
              start: 0,
              skip: () => false,
            });
          } else if (one.do === 'erase') outbox.eraseAccepted();
          else {
            db.close();
            ({ db, outbox } = openOutbox({ dataDir: folder }));
          }
        }
        const states = inputs.map((input) => outbox.find(input.applicationId)?.state);
        expect(states.every((state) => state !== undefined)).toBe(true);
        expect(new Set(receipts.values()).size).toBe(inputs.length);
        expect(outbox.waitingCount()).toBe(states.filter((state) => state === 'queued' || state === 'sending').length);
        for (const input of inputs) {
          if (outbox.find(input.applicationId)?.state !== 'accepted') {
            expect(outbox.payloadOf(input.applicationId)?.body).toContain(input.applicationId);
          }
        }
        db.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
