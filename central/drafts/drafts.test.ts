import { sql } from 'kysely';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { DRAFT_ERRORS, type DraftContent, draftSchema, keptDraftSchema } from '../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema, reasonOf } from '../../shared/central-api/product-order.ts';
import { addDays, businessDate } from '../../shared/domain/business-time.ts';
import { MOST_DRAFTS } from '../../shared/domain/kept-draft.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call, orderFor, postOrder, type Session, signIn } from '../testing/client.ts';
import { MANAGER, postUnverified, staffSignIn, unverifiedOrder } from '../testing/staff.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';

const DAY_MS = 24 * 60 * 60_000;

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('kept drafts, on %s', (store) => {
  let central: TestCentral;
  let jiro: Session;
  let goro: Session;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('drafts') : null);
    jiro = await signIn(central.url, 'jiro@example.jp');
    goro = await signIn(central.url, 'goro@example.jp');
  });
  afterAll(() => central.dispose());

  const CONTENT: DraftContent = {
    ...{ procedureId: 'mobile.apply', step: 'volume', answers: { plan: 'voice', familyKana: 'カナリヤ' } },
    ...{ shownPrices: [], shownTotalYen: null, shownOnceYen: null },
  };
  const at = (id: string): string => `${central.url}${CENTRAL_PATHS.drafts}/${id}`;
  const keep = (session: Session, id: string, wish: Record<string, unknown> = {}): Promise<Answer> =>
    call(at(id), {
      ...{ method: 'PUT', token: session.terminalToken, headers: { 'submission-grant': session.submissionGrant } },
      body: {
        ...{ content: CONTENT, keptAt: new Date(central.clocks.business()).toISOString(), replaces: null },
        ...wish,
      },
    });
  const kept = async (session: Session, wish: Record<string, unknown> = {}): Promise<string> => {
    const id = uuidv7();
    const answer = await keep(session, id, wish);
    expect(answer.status, answer.text).toBe(200);
    return id;
  };
  const list = async (session: Session): Promise<string[]> => {
    const answer = await call(`${central.url}${CENTRAL_PATHS.drafts}`, { token: session.accessToken });
    return z
      .array(keptDraftSchema)
      .parse(answer.json())
      .map(({ id }) => id);
  };
  const read = (session: Session, id: string): Promise<Answer> => call(at(id), { token: session.accessToken });
  const erase = (session: Session, id: string): Promise<Answer> =>
    call(at(id), { token: session.accessToken, method: 'DELETE' });
  const refused = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, tmfErrorSchema.parse(answer.json()).code]).toEqual([status, code]);
  };
  const applyFrom = async (draft: string) => {
    const order = await orderFor(central.url, goro, 'internet.apply', INTERNET, central.clocks.business());
    const answer = await postOrder(central.url, goro, { ...order, application: { ...order.application, draft } });
    return productOrderSchema.parse(answer.json());
  };
  const INTERNET = { course: 'internet.just', modem: 'modem.standard', provision: 'rental' };

  it('are the customer’s own alone, kept once however often they come, and thrown away by the customer', async () => {
    const id = uuidv7();
    const wish = { keptAt: new Date(central.clocks.business()).toISOString() };
    const first = await keep(jiro, id, wish);
    const today = businessDate(central.clocks.business());
    expect(keptDraftSchema.parse(first.json())).toMatchObject({
      procedureId: 'mobile.apply',
      expiresOn: addDays(today, 7),
    });
    expect((await keep(jiro, id, wish)).text).toBe(first.text);
    refused(await keep(jiro, id, { ...wish, content: { ...CONTENT, step: 'user' } }), 422, 'draft-differs');
    expect(await list(jiro)).toEqual([id]);
    expect(draftSchema.parse((await read(jiro, id)).json()).content).toEqual(CONTENT);

    expect(await list(goro)).toEqual([]);
    refused(await read(goro, id), 404, 'not-found');
    refused(await erase(goro, id), 404, 'not-found');
    refused(await keep(goro, id, wish), 404, 'not-found');
    refused(await call(at(id), { token: jiro.terminalToken }), 403, 'forbidden');
    const noGrant = { method: 'PUT', token: jiro.terminalToken, body: { content: CONTENT, ...wish, replaces: null } };
    refused(await call(at(uuidv7()), noGrant), 403, 'forbidden');
    expect((await call(at(id))).status).toBe(401);

    expect((await erase(jiro, id)).status).toBe(204);
    expect(await list(jiro)).toEqual([]);
    refused(await erase(jiro, id), 404, 'not-found');
  });

  it('hold answers to the questions of a procedure whose answers are kept, and nothing else', async () => {
    const content = (change: Record<string, unknown>) => ({ content: { ...CONTENT, ...change } });
    refused(await keep(jiro, uuidv7(), content({ procedureId: 'tv.magazine', answers: {} })), 422, 'not-keepable');
    refused(await keep(jiro, uuidv7(), content({ procedureId: 'toString' })), 422, 'not-keepable');
    refused(await keep(jiro, uuidv7(), content({ answers: { card: '4242424242424242' } })), 422, 'strange-answers');
    refused(await keep(jiro, uuidv7(), content({ answers: { plan: 'x'.repeat(401) } })), 400, 'bad-request');
    refused(await keep(jiro, 'no-id'), 404, 'not-found');
    refused(await keep(jiro, uuidv7(), { keptAt: 'yesterday' }), 400, 'bad-request');
    expect(await list(jiro)).toEqual([]);
  });

  it('take the place of the one that the customer went on from, and are no more than a few', async () => {
    const first = await kept(jiro);
    const second = await kept(jiro, { replaces: first });
    expect(await list(jiro)).toEqual([second]);
    refused(await read(jiro, first), 404, 'not-found');
    // Another counter had it open too: what was entered there is kept beside it.
    const third = await kept(jiro, { replaces: first });
    expect((await list(jiro)).toSorted()).toEqual([second, third].toSorted());
    const more = [];
    for (let count = 2; count < 2 * MOST_DRAFTS; count += 1) more.push(await kept(jiro));
    refused(await keep(jiro, uuidv7()), 422, DRAFT_ERRORS.tooMany);
    const instead = await kept(jiro, { replaces: third });
    for (const id of [second, instead, ...more]) expect((await erase(jiro, id)).status).toBe(204);
  });

  it('end with the application that came of them, and a second one is held', async () => {
    const draft = await kept(goro);
    const first = await applyFrom(draft);
    expect(first.state).toBe('acknowledged');
    expect(await list(goro)).toEqual([]);
    // A repeat of what came in time.
    expect((await keep(goro, draft)).status).toBe(200);
    expect(await list(goro)).toEqual([]);
    refused(await keep(goro, uuidv7(), { replaces: draft }), 409, DRAFT_ERRORS.used);
    const cancelled = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${first.id}`, {
      ...{ token: await central.tokens.forOperator(['tmf.write']), method: 'PATCH', body: { state: 'cancelled' } },
    });
    expect(cancelled.status, cancelled.text).toBe(200);
    const second = await applyFrom(draft);
    expect([second.state, reasonOf(second)]).toEqual(['held', 'draft-used']);
    // One that is still on its way from a terminal comes too late.
    const late = uuidv7();
    await applyFrom(late);
    // What it had taken the place of on that terminal is over all the same.
    const before = await kept(goro);
    refused(await keep(goro, late, { replaces: before }), 409, DRAFT_ERRORS.used);
    expect(await list(goro)).toEqual([]);
  });

  it('let no second application pass that was held for something else when it came', async () => {
    const draft = uuidv7();
    const staff = await staffSignIn(central.url, MANAGER);
    const now = central.clocks.business();
    const held = [];
    for (const channels of ['tv-channel.kbs', 'tv-channel.toei']) {
      const answers = { channels, end: '', start: `${channels}=next-day` };
      const order = await unverifiedOrder(central.url, staff, '1000000001', 'tv.options', answers, now);
      const application = { ...order.application, draft };
      const answer = await postUnverified(central.url, staff, { ...order, application });
      held.push(productOrderSchema.parse(answer.json()));
    }
    expect(held.map(({ state }) => state)).toEqual(['held', 'held']);
    const release = async (id: string | undefined) => {
      const path = `${central.url}${CENTRAL_PATHS.staffOrders}/${id ?? ''}/release`;
      const answer = await call(path, { token: staff.accessToken, method: 'POST' });
      return [answer.status, answer.status === 200 ? null : tmfErrorSchema.parse(answer.json()).code];
    };
    expect(await release(held[0]?.id)).toEqual([200, null]);
    expect(await release(held[1]?.id)).toEqual([409, 'draft-used']);
  });

  it('lie sealed in the database, and go at the end of their last day', async () => {
    const id = await kept(jiro);
    const old = new Date(central.clocks.business() - 8 * DAY_MS).toISOString();
    refused(await keep(jiro, uuidv7(), { keptAt: old }), 422, DRAFT_ERRORS.expired);
    // A terminal's clock that is ahead gives nobody more days.
    const ahead = await keep(jiro, uuidv7(), {
      keptAt: new Date(central.clocks.business() + 9 * DAY_MS).toISOString(),
    });
    const lastDay = addDays(businessDate(central.clocks.business()), 7);
    expect(keptDraftSchema.parse(ahead.json()).expiresOn).toBe(lastDay);
    if (central.databaseUrl !== null) {
      const opened = await openDatabase({ kind: 'postgres', url: central.databaseUrl }, pino({ level: 'silent' }));
      const db = expectOk<Database>(opened);
      const { rows } = await sql<{ row: string }>`select row_to_json(drafts)::text as row from drafts`.execute(db);
      await db.destroy();
      expect(rows.filter(({ row }) => row.includes(id))).toHaveLength(1);
      expect(rows.map(({ row }) => row).join('')).not.toContain('カナリヤ');
    }
    const before = await kept(jiro, { keptAt: new Date(central.clocks.business() - DAY_MS).toISOString() });
    /** Looks through them until nothing is known of that one any more: its id is free again then. */
    const isFree = (draft: string): Promise<void> =>
      eventually(async () => {
        central.timers.fire();
        expect((await keep(jiro, draft)).status).toBe(200);
      });
    await advanceTo(`${lastDay}T23:59:59`);
    await isFree(before);
    expect(await list(jiro)).toContain(id);
    expect((await read(jiro, id)).status).toBe(200);
    await advanceTo(`${addDays(lastDay, 1)}T00:00:00`);
    refused(await read(jiro, id), 404, 'not-found');
    expect(await list(jiro)).toEqual([before]);
    await isFree(id);

    async function advanceTo(local: string): Promise<void> {
      central.clocks.advance(Date.parse(`${local}+09:00`) - central.clocks.business());
      jiro = await signIn(central.url, 'jiro@example.jp');
    }
  });
});
