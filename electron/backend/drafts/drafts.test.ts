import Database from 'better-sqlite3';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DraftContent } from '../../../shared/central-api/drafts.ts';
import { addDays, type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { draftNumber, draftNumberGrouped, MOST_DRAFTS } from '../../../shared/domain/kept-draft.ts';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { type MemoryPage, openMemoryPage } from '../testing/memory-page.ts';
import { planOf, startTerminal } from '../testing/shop-rig.ts';
import { DATABASE_FILE } from '../database/open-database.ts';

const CONTENT: DraftContent = {
  ...{ procedureId: 'mobile.apply', step: 'user', shownTotalYen: null, shownOnceYen: null },
  answers: { plan: 'voice', volume: 'mobile.voice-10gb', familyKana: 'カナリヤテスト' },
  shownPrices: [{ question: 'volume', value: 'mobile.voice-10gb', yen: 2_310 }],
  shownOncePrices: [{ question: 'accessory', value: 'mobile.accessory', yen: 2_200 }],
  shownFees: [{ id: 'mobile-contract-fee', yen: 3_733 }],
};
const JIRO = { loginId: 'jiro@example.jp', password: 'Counter2026', language: 'ja' } as const;

describe('a draft that was kept at a kiosk', () => {
  let rig: CounterRig;
  let kiosk: { page: MemoryPage; stop(): Promise<void> };
  const kioskData = mkdtempSync(join(tmpdir(), 'drafts-'));
  /** Of the staff terminal, where staff serve the same customer. */
  let counterSession: string;

  const startKiosk = async (businessNow?: BusinessClock): Promise<typeof kiosk> => {
    const { backend } = startTerminal({
      ...{ central: rig.central.href, dataDir: kioskData, mode: 'self-service' },
      ...(businessNow === undefined ? {} : { businessNow }),
    });
    await backend.whenSettled();
    const page = openMemoryPage(backend);
    return {
      page,
      stop: async () => {
        await page.close();
        await backend.close();
      },
    };
  };
  const signIn = async (): Promise<string> =>
    (await kiosk.page.client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO })).sessionId;
  const listed = async (client: MemoryPage['client'], sessionId: string) =>
    (await client.session.view({ sessionId })).drafts;
  const keep = async (sessionId: string, replaces: string | null = null, client = kiosk.page.client) => {
    const draftId = uuidv7();
    return client.drafts.keep({ sessionId, draftId, content: CONTENT, replaces });
  };

  beforeAll(async () => {
    rig = await startCounter();
    kiosk = await startKiosk();
    const staffSessionId = await rig.signIn();
    const customer = { customerNumber: '1000000003', identityMethod: 'drivers-licence' } as const;
    counterSession = (await rig.client.staff.openCustomer({ staffSessionId, ...customer })).sessionId;
  });
  afterAll(async () => {
    await kiosk.stop();
    await rig.close();
    rmSync(kioskData, { recursive: true });
  });

  it('is gone on with at another terminal, by staff too, and thrown away there', async () => {
    const sessionId = await signIn();
    expect(await listed(kiosk.page.client, sessionId)).toEqual([]);
    const entry = await keep(sessionId);
    expect(entry).toMatchObject({ procedureId: 'mobile.apply', isWaiting: false });
    const { draftId } = entry;
    // A repeat after a dropped link.
    expect(await kiosk.page.client.drafts.keep({ sessionId, draftId, content: CONTENT, replaces: null })).toEqual(
      entry,
    );
    expect(await listed(kiosk.page.client, sessionId)).toEqual([entry]);

    expect(await listed(rig.client, counterSession)).toEqual([entry]);
    expect(await rig.client.drafts.read({ sessionId: counterSession, draftId })).toEqual(CONTENT);
    const anew = await keep(counterSession, draftId, rig.client);
    expect(await listed(kiosk.page.client, sessionId)).toEqual([anew]);
    await expect(kiosk.page.client.drafts.read({ sessionId, draftId })).rejects.toMatchObject({
      code: 'UNKNOWN_DRAFT',
    });

    await rig.client.drafts.erase({ sessionId: counterSession, draftId: anew.draftId });
    expect(await listed(kiosk.page.client, sessionId)).toEqual([]);
    for (let count = 0; count < MOST_DRAFTS; count += 1) await keep(sessionId);
    await expect(keep(sessionId)).rejects.toMatchObject({ code: 'TOO_MANY' });
    for (const one of (await listed(kiosk.page.client, sessionId)) ?? []) {
      await kiosk.page.client.drafts.erase({ sessionId, draftId: one.draftId });
    }
    await kiosk.page.client.session.end({ sessionId });
    await expect(keep(sessionId)).rejects.toMatchObject({ code: 'SESSION_GONE' });
  });

  it('has a slip that says which it is and nothing of whom or what', async () => {
    const { draftId } = await keep(counterSession, null, rig.client);
    for (const language of LANGUAGES) {
      await rig.client.drafts.print({ sessionId: counterSession, draftId, language });
      const text = rig.printer.receipts.at(-1)?.text ?? '';
      expect(text).toContain(draftNumberGrouped(draftNumber(draftId)));
      expect(text).toContain(`[QR ${draftNumber(draftId)}]`);
      expect(text).not.toMatch(/カナリヤ|1000000003|10GB/);
    }
    await rig.client.drafts.erase({ sessionId: counterSession, draftId });
  });

  it('is not offered any more once it was applied for', async () => {
    const { quote, answers } = await planOf(rig.client, counterSession);
    const { draftId } = await keep(counterSession, null, rig.client);
    const terms = await rig.client.terms.get({ ids: ['common', 'cable-internet', 'price-list'], language: 'ja' });
    const outcome = await rig.client.applications.submit({
      ...{ sessionId: counterSession, applicationId: uuidv7(), procedureId: 'internet.change-course', answers },
      ...{
        shownQuote: quote,
        terms: terms.map(({ id, version }) => ({ id, version })),
        language: 'ja',
        draft: draftId,
      },
    });
    expect(outcome.state).toBe('accepted');
    expect(await listed(rig.client, counterSession)).toEqual([]);
    await expect(rig.client.drafts.read({ sessionId: counterSession, draftId })).rejects.toMatchObject({
      code: 'UNKNOWN_DRAFT',
    });
    await expect(keep(counterSession, draftId, rig.client)).rejects.toMatchObject({ code: 'ALREADY_APPLIED' });
  });

  it('waits sealed on the kiosk while central is away, over a restart, and is sent', async () => {
    const sessionId = await signIn();
    const online = await keep(sessionId);
    await rig.stopCentral();
    const entry = await keep(sessionId, online.draftId);
    expect(entry.isWaiting).toBe(true);
    expect(await listed(kiosk.page.client, sessionId)).toEqual([entry]);
    expect(await kiosk.page.client.drafts.read({ sessionId, draftId: entry.draftId })).toEqual(CONTENT);
    const anew = await keep(sessionId, entry.draftId);
    expect(await listed(kiosk.page.client, sessionId)).toEqual([anew]);
    // What it took the place of would be offered again.
    await expect(kiosk.page.client.drafts.erase({ sessionId, draftId: anew.draftId })).rejects.toMatchObject({
      code: 'CENTRAL_UNREACHABLE',
    });
    await kiosk.stop();
    for (const file of readdirSync(kioskData).filter((name) => name.startsWith(DATABASE_FILE))) {
      expect(readFileSync(join(kioskData, file)).includes('カナリヤ')).toBe(false);
    }
    expect(waiting()).toBe(2);
    kiosk = await startKiosk();
    await rig.startCentral();
    await vi.waitFor(
      async () => {
        expect(await listed(rig.client, counterSession)).toEqual([{ ...anew, isWaiting: false }]);
      },
      { timeout: 20_000, interval: 100 },
    );
    await kiosk.stop();
    expect(waiting()).toBe(0);
    kiosk = await startKiosk();
  });

  it('that would take its own place, at once or by way of another, is refused, and is not kept', async () => {
    const sessionId = await signIn();
    const { client } = kiosk.page;
    const own = uuidv7();
    await expect(
      client.drafts.keep({ sessionId, draftId: own, content: CONTENT, replaces: own }),
    ).rejects.toMatchObject({ code: 'NOT_OFFERED' });
    await rig.stopCentral();
    const first = uuidv7();
    const second = await keep(sessionId, first);
    const third = await keep(sessionId, second.draftId);
    await expect(
      client.drafts.keep({ sessionId, draftId: first, content: CONTENT, replaces: third.draftId }),
    ).rejects.toMatchObject({ code: 'NOT_OFFERED' });
    expect(await listed(client, sessionId)).toContainEqual(third);
    await rig.startCentral();
    await vi.waitFor(
      async () => {
        expect(await listed(rig.client, counterSession)).toContainEqual({ ...third, isWaiting: false });
      },
      { timeout: 20_000, interval: 100 },
    );
    await client.drafts.erase({ sessionId, draftId: third.draftId });
  });

  it('is offered and kept to the end of its last day, at central and on the kiosk, and not after', async () => {
    await kiosk.stop();
    let now = Date.now();
    const lastDay = addDays(businessDate(now), 7);
    const end = Date.parse(`${lastDay}T23:59:59.999+09:00`);
    kiosk = await startKiosk(() => now);
    const sessionId = await signIn();
    const ids = async (): Promise<string[] | undefined> =>
      (await listed(kiosk.page.client, sessionId))?.map(({ draftId }) => draftId);
    const atCentral = await keep(sessionId);
    await rig.stopCentral();
    const here = await keep(sessionId);
    expect([atCentral, here]).toMatchObject([
      { isWaiting: false, expiresOn: lastDay },
      { isWaiting: true, expiresOn: lastDay },
    ]);
    now = end;
    expect(await ids()).toEqual(expect.arrayContaining([atCentral.draftId, here.draftId]));
    expect(await kiosk.page.client.drafts.read({ sessionId, draftId: here.draftId })).toEqual(CONTENT);
    now = end + 1;
    expect(await ids()).toEqual([]);
    await expect(kiosk.page.client.drafts.read({ sessionId, draftId: here.draftId })).rejects.toMatchObject({
      code: 'UNKNOWN_DRAFT',
    });
    const leftAfterStart = async (at: number): Promise<number> => {
      await kiosk.stop();
      now = at;
      kiosk = await startKiosk(() => now);
      await kiosk.stop();
      const left = waiting();
      kiosk = await startKiosk(() => now);
      return left;
    };
    expect(await leftAfterStart(end)).toBe(1);
    expect(await leftAfterStart(end + 1)).toBe(0);
  });

  function waiting(): number {
    const db = new Database(join(kioskData, DATABASE_FILE), { readonly: true });
    try {
      return db.prepare('select id from kept_draft').all().length;
    } finally {
      db.close();
    }
  }
});
