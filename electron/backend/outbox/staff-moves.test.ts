import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { SqliteDatabase } from '../database/open-database.ts';
import { RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { anApplication, enqueued, openOutbox } from '../testing/sync-rig.ts';
import type { Act } from './outbox-rows.ts';
import { markExported } from './rescue-file.ts';
import { saveRescueFile } from './save-rescue-file.ts';
import type { EnqueueInput, Outbox, Settlement } from './outbox.ts';

let dataDir = '';
let db: SqliteDatabase;
let outbox: Outbox;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'moves-'));
  ({ db, outbox } = openOutbox({ dataDir }));
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const ACT: Act = { at: Date.UTC(2026, 10, 25, 3), staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' };
const here = { act: ACT, isCancelledAtCentral: false };
const replacesSchema = z.looseObject({ replaces: z.string().nullable() });

let customers = 0;
/** Each of a customer of its own, so that none waits behind another. */
function application(corrects: string | null = null): EnqueueInput {
  const applicationId = uuidv7();
  customers += 1;
  return anApplication(RESCUE_PUBLIC_PEM, {
    applicationId,
    customerNumber: String(1_000_000_000 + customers),
    corrects: corrects === null ? null : { applicationId: corrects, staffNumber: '1001' },
    freeze: (receiptNumber, replaces) => JSON.stringify({ externalId: applicationId, receiptNumber, replaces }),
  });
}
const take = (corrects: string | null = null): string => enqueued(outbox, application(corrects)).id;
const start = (id: string): boolean =>
  outbox.advance({ settle: [], start: 1, skip: (one) => one !== id }).some((one) => one.id === id);
const settle = (id: string, verdict: Omit<Settlement, 'id'>): void => {
  outbox.advance({ settle: [{ id, ...verdict }], start: 0, skip: () => true });
};
const HELD_THERE = { state: 'held', reason: 'identity-check', progress: 'held', orderId: 'order' } as const;
const FORBIDDEN = { state: 'held', reason: 'not-authorised', progress: null, orderId: null } as const;
const CANCELLED = { state: 'rejected', reason: 'other', progress: 'cancelled', orderId: 'order' } as const;
/** Done or refused, as it may be. */
const tried = (result: { readonly ok: boolean }): boolean => result.ok;
const stateOf = (id: string): string | undefined => outbox.find(id)?.state;
const replacedBy = (id: string): string | null => {
  const payload = outbox.payloadOf(id);
  return payload === null ? null : replacesSchema.parse(JSON.parse(payload.body)).replaces;
};

function sent(id: string, verdict: Omit<Settlement, 'id'>): string {
  expect(start(id)).toBe(true);
  settle(id, verdict);
  return id;
}

describe('withdrawing', () => {
  it('takes back what never left, for good and with who and why', () => {
    const id = take();
    expect(outbox.withdraw(id, here).ok).toBe(true);
    expect(stateOf(id)).toBe('withdrawn');
    expect(start(id)).toBe(false);
    expect(outbox.withdraw(id, here).ok).toBe(false);
    expect(outbox.actsOn(id)).toEqual([ACT]);
    expect(outbox.waitingCount()).toBe(0);
  });

  it('never takes back what central may have, or holds and has not cancelled', () => {
    const sending = take();
    start(sending);
    expect(outbox.withdraw(sending, here).ok).toBe(false);
    settle(sending, HELD_THERE);
    expect(outbox.withdraw(sending, here).ok).toBe(false);
    expect(outbox.withdraw(sending, { act: null, isCancelledAtCentral: true }).ok).toBe(true);
  });

  it('knows an order that central cancelled, once its answer to the withdrawal was lost', () => {
    const asked = sent(take(), HELD_THERE);
    outbox.record(asked, ACT);
    settle(asked, CANCELLED);
    expect(stateOf(asked)).toBe('withdrawn');
    const unasked = sent(take(), HELD_THERE);
    settle(unasked, CANCELLED);
    expect(stateOf(unasked)).toBe('rejected');
  });
});

describe('sending again', () => {
  it('puts what central refused among those to be sent, with central to be asked first', () => {
    const id = sent(take(), FORBIDDEN);
    expect(outbox.retry(id, { ...ACT, kind: 'retry', detail: null }).ok).toBe(true);
    const [outgoing] = outbox.advance({ settle: [], start: 1, skip: () => false });
    expect(outgoing).toMatchObject({ id, outcomeUnknown: true });
    settle(id, { state: 'accepted', reason: null, progress: 'acknowledged', orderId: 'order' });
    expect(stateOf(id)).toBe('accepted');
  });

  it('leaves alone what central has, and what is decided', () => {
    const retry = { ...ACT, kind: 'retry', detail: null } as const;
    expect(outbox.retry(sent(take(), HELD_THERE), retry).ok).toBe(false);
    const withdrawn = take();
    expect(outbox.withdraw(withdrawn, here).ok).toBe(true);
    expect(outbox.retry(withdrawn, retry).ok).toBe(false);
  });
});

describe('an exported one', () => {
  const exportAll = (): (() => void) => markExported(db, Date.UTC(2026, 10, 25, 4));

  it('is neither withdrawn nor corrected as if central could not get it', () => {
    const ids = [take(), sent(take(), FORBIDDEN)];
    exportAll();
    for (const id of ids) {
      expect(outbox.withdraw(id, here).ok).toBe(false);
      expect(outbox.enqueue(application(id))).toEqual({ ok: false, error: { code: 'not-correctable' } });
    }
  });

  it('is still sent, and then is as any other that central has', () => {
    const id = take();
    exportAll();
    sent(id, HELD_THERE);
    expect(replacedBy(take(id))).toBe(id);
  });

  it('is withdrawn once central took it as that, also when it was refused before', () => {
    const refused = sent(take(), FORBIDDEN);
    const late = take();
    start(late);
    exportAll();
    settle(late, { state: 'rejected', reason: 'invalid', progress: null, orderId: null });
    for (const id of [refused, late]) {
      expect(outbox.withdraw(id, here).ok).toBe(false);
      expect(outbox.withdraw(id, { act: null, isCancelledAtCentral: true }).ok).toBe(true);
    }
  });

  it('is as before when no file came about', () => {
    const [before, after] = [take(), take()];
    const undo = exportAll();
    undo();
    expect(outbox.withdraw(before, here).ok).toBe(true);
    exportAll();
    exportAll()();
    expect(outbox.withdraw(after, here).ok).toBe(false);
  });
});

describe('correcting', () => {
  it('withdraws what central never had in the moment that the correction is kept', () => {
    for (const old of [take(), sent(take(), FORBIDDEN)]) {
      const correction = take(old);
      expect([stateOf(old), stateOf(correction), replacedBy(correction)]).toEqual(['withdrawn', 'queued', old]);
      expect(outbox.actsOn(old)).toMatchObject([{ kind: 'correct', detail: correction }]);
      expect(start(old)).toBe(false);
    }
  });

  it('leaves it to central to cancel what it holds, and knows that for what it is', () => {
    const old = sent(take(), HELD_THERE);
    const correction = take(old);
    expect(stateOf(old)).toBe('held');
    expect(outbox.withdraw(old, here).ok).toBe(false);
    settle(old, CANCELLED);
    expect([stateOf(old), stateOf(correction)]).toEqual(['withdrawn', 'queued']);
  });

  it('replaces what central has also from the correction of a correction that never came there', () => {
    const old = sent(take(), HELD_THERE);
    const first = take(old);
    const second = take(first);
    expect([stateOf(first), replacedBy(second)]).toEqual(['withdrawn', old]);
    settle(old, CANCELLED);
    expect(stateOf(old)).toBe('withdrawn');
  });

  it('lets it stand again, too, when central tells of the withdrawal before its answer comes', () => {
    const old = sent(take(), HELD_THERE);
    const correction = sent(take(old), FORBIDDEN);
    outbox.record(correction, ACT);
    settle(correction, CANCELLED);
    expect(stateOf(correction)).toBe('withdrawn');
    expect(outbox.obstacleToCorrecting(old)).toBeNull();
  });

  it('lets what central holds stand again when its correction is withdrawn', () => {
    const old = sent(take(), HELD_THERE);
    const correction = take(old);
    expect(outbox.withdraw(correction, here).ok).toBe(true);
    expect(replacedBy(take(old))).toBe(old);
  });

  it('tells the second of two that it comes too late, and keeps nothing of it', () => {
    const old = take();
    take(old);
    const before = outbox.waitingCount();
    expect(outbox.enqueue(application(old))).toEqual({ ok: false, error: { code: 'already-corrected' } });
    expect(outbox.waitingCount()).toBe(before);
  });

  it('corrects nothing that is being sent, accepted, withdrawn or unknown', () => {
    const sending = take();
    start(sending);
    const accepted = sent(take(), { state: 'accepted', reason: null, progress: 'acknowledged', orderId: 'order' });
    const withdrawn = take();
    expect(outbox.withdraw(withdrawn, here).ok).toBe(true);
    for (const id of [sending, accepted, withdrawn, uuidv7()]) {
      expect(outbox.enqueue(application(id))).toEqual({ ok: false, error: { code: 'not-correctable' } });
    }
  });
});

/** What central has of each application, whether or not its answer arrives. */
type AtCentral = 'booked' | 'held' | 'cancelled';

it('never has an application withdrawn here and booked at central, whatever staff and the network do', () => {
  const step = fc.record({
    what: fc.constantFrom(
      'take',
      'correct',
      'send',
      'lose',
      'refuse',
      'hold',
      'look',
      'retry',
      'withdraw',
      'release',
      'export',
      'import',
    ),
    which: fc.nat(7),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const central = new Map<string, AtCentral>();
      const ids: string[] = [];
      const inFiles = new Set<string>();
      /** As central does it: an order under a key once, and what it replaces is cancelled with it or refuses it. */
      const arrive = (id: string, wanted: 'booked' | 'held'): AtCentral | 'refused' => {
        const known = central.get(id);
        if (known !== undefined) return known;
        const old = replacedBy(id);
        if (old !== null && central.get(old) === 'booked') return 'refused';
        if (old !== null && central.get(old) === 'held') central.set(old, 'cancelled');
        central.set(id, wanted);
        return wanted;
      };
      const hear = (id: string, said: AtCentral | 'refused'): void => {
        if (said === 'booked') settle(id, { state: 'accepted', reason: null, progress: 'acknowledged', orderId: id });
        else if (said === 'held') settle(id, { ...HELD_THERE, orderId: id });
        else if (said === 'cancelled') settle(id, { ...CANCELLED, orderId: id });
        else settle(id, { ...FORBIDDEN, reason: 'conflict' });
      };
      for (const { what, which } of steps) {
        const id = ids[which % Math.max(1, ids.length)];
        if (what === 'take') ids.push(take());
        else if (id === undefined) continue;
        else if (what === 'correct') {
          const correction = outbox.enqueue(application(id));
          if (correction.ok) ids.push(correction.value.id);
        } else if (what === 'retry') tried(outbox.retry(id, { ...ACT, kind: 'retry', detail: null }));
        else if (what === 'release') {
          if (central.get(id) === 'held') central.set(id, 'booked');
        } else if (what === 'export') {
          const saved = saveRescueFile(db, dataDir, 0);
          const text = saved.ok ? readFileSync(join(dataDir, saved.value.file), 'utf8') : '';
          for (const one of ids) if (text.includes(one)) inFiles.add(one);
        } else if (what === 'import') {
          if (inFiles.has(id)) arrive(id, which % 2 === 0 ? 'booked' : 'held');
        } else if (what === 'withdraw') {
          const isThere = central.get(id) === 'held' || (inFiles.has(id) && central.get(id) === undefined);
          if (isThere && ['held', 'rejected'].includes(stateOf(id) ?? '')) {
            central.set(id, 'cancelled');
            tried(outbox.withdraw(id, { act: ACT, isCancelledAtCentral: true }));
          } else tried(outbox.withdraw(id, here));
        } else if (what === 'look') {
          const said = central.get(id);
          if (said !== undefined) hear(id, said);
        } else {
          if (!start(id) && stateOf(id) !== 'sending') continue;
          // What was refused is settled again only by what central then says of it.
          if (what === 'lose') arrive(id, 'booked');
          else if (what === 'refuse') hear(id, central.get(id) ?? 'refused');
          else hear(id, arrive(id, what === 'hold' ? 'held' : 'booked'));
        }
      }
      for (const id of ids) {
        const there = central.get(id);
        if (stateOf(id) === 'withdrawn') expect(there === undefined || there === 'cancelled').toBe(true);
        const successors = ids.filter((one) => replacedBy(one) === id && central.get(one) === 'booked');
        expect(there === 'booked' && successors.length > 0).toBe(false);
        expect(successors.length).toBeLessThanOrEqual(1);
      }
      db.exec('delete from outbox; delete from outbox_act');
    }),
    { numRuns: 60 },
  );
});
