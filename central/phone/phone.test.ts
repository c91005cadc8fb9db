import { createHash, randomUUID } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import {
  HAND_OVER_LIFE_SECONDS,
  HAND_OVER_TRIES,
  handOverSchema,
  handOverStateSchema,
  PHONE_PICTURE_BYTES,
  PHONE_PICTURES_MOST,
  phonePictureSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { type IdentityCheck, PICTURE_KINDS, type PictureKind } from '../../shared/domain/identity-policy.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { ONE_TIME_PAGE_LIMIT } from '../identity/sign-in-throttle.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call, type FrozenOrder, orderFor, postOrder, signIn } from '../testing/client.ts';
import { cameAsNamed } from './came-by-phone.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

const CHECK: IdentityCheck = {
  ...{ person: 'contractor', evidence: 'picture', document: 'drivers-licence', sides: ['front', 'back'] },
  ...{ supplementary: false, agrees: [], checkedAt: '2026-11-27T00:00:00.000Z', policyVersion: '1' },
};
const DAY_MS = 24 * 60 * 60 * 1000;
const CANARY = 'GPS-canary-35.6N';

/** A JPEG with a comment in it. @param nth another picture for each */
function pictureOf(width: number, height: number, nth = 0): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#c81e5a';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, nth * 8, 100);
  const jpeg = canvas.toBuffer('image/jpeg', 80);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, CANARY.length + 2]), Buffer.from(CANARY)]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

describe('pictures from a phone', () => {
  let central: TestCentral;
  let db: Database | null = null;
  let token: string;
  let nth = 0;
  const seen: string[] = [];

  beforeAll(async () => {
    const url = await createAnyDatabase('phone');
    central = await startTestCentral(url);
    // The policy lets phones send pictures from then on.
    central.clocks.advance(9 * DAY_MS);
    if (url !== null) db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  });
  beforeEach(async () => {
    central.clocks.advance(ONE_TIME_PAGE_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(central.url);
  });
  afterAll(async () => {
    await db?.destroy();
    await central.dispose();
  });

  const next = (): Buffer => pictureOf(800, 600, (nth += 1));
  const post = (path: string, body: object, by = token): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.phoneHandOvers}${path}`, { token: by, body });
  const wish = (more: object = {}) => ({
    ...{ id: randomUUID(), sessionId: randomUUID(), applicationId: uuidv7(), person: 'contractor' },
    ...{ document: 'drivers-licence', language: 'ja', ...more },
  });
  async function begun(more: object = {}, by = token) {
    const asked = wish(more);
    const answer = await post('', asked, by);
    expect(answer.status, answer.text).toBe(201);
    const { password, page } = handOverSchema.parse(answer.json());
    seen.push(password);
    const at = `/${asked.id}`;
    const query = `?sessionId=${asked.sessionId}`;
    const state = async (by = token) =>
      handOverStateSchema.parse(
        (await call(`${central.url}${CENTRAL_PATHS.phoneHandOvers}${at}${query}`, { token: by })).json(),
      );
    const picture = (side: string, by = token) =>
      call(`${central.url}${CENTRAL_PATHS.phoneHandOvers}${at}/pictures/${side}${query}`, { token: by });
    const judge = (side: string, hash: string, flaw: string | null = null, by = token) =>
      post(`${at}/pictures/${side}/verdict`, { sessionId: asked.sessionId, hash, flaw }, by);
    const revoke = (by = token) => post(`${at}/revocation`, { sessionId: asked.sessionId }, by);
    return { ...asked, password, page, state, picture, judge, revoke };
  }
  /** One phone's browser. */
  function phone() {
    let cookie = '';
    const ask = (
      path: string,
      init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
    ): Promise<Response> =>
      fetch(`${central.url}${CENTRAL_PATHS.phonePage}${path}`, {
        ...{ redirect: 'manual', ...init, headers: { cookie, 'sec-fetch-site': 'same-origin', ...init.headers } },
      });
    return {
      ask,
      claim: async (password: string, language = 'ja') => {
        const form = await (await ask(`?lang=${language}`)).text();
        const visit = /name="visit" value="([\w-]{43})"/.exec(form)?.[1] ?? '';
        const body = new URLSearchParams({ visit, password });
        const answer = await ask(`?lang=${language}`, { method: 'POST', body });
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
        return { status: answer.status, text: await answer.text(), cookie: answer.headers.get('set-cookie') };
      },
      send: async (side: string, bytes: Buffer, type = 'image/jpeg') => {
        const body = new Uint8Array(bytes);
        const answer = await ask(`/pictures/${side}`, { method: 'PUT', body, headers: { 'content-type': type } });
        return { status: answer.status, json: z.record(z.string(), z.unknown()).parse(await answer.json()) };
      },
      standing: async () => (await ask('/standing')).json(),
      page: async (language = 'ja') => {
        const answer = await ask(`/pictures?lang=${language}`);
        return { status: answer.status, text: await answer.text(), headers: answer.headers };
      },
    };
  }

  it('come stripped and sealed, are judged by the terminal, and leave nothing but what they were for', async () => {
    const handOver = await begun();
    expect(handOver.page).toBe(`${central.url}/photo`);
    expect(await handOver.state()).toMatchObject({ state: 'waiting', waiting: [] });
    const own = phone();
    const claimed = await own.claim(handOver.password);
    expect(claimed.status).toBe(303);
    expect(claimed.cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await handOver.state()).toMatchObject({ state: 'opened' });
    const [front, back] = [next(), next()];
    expect(await own.send('front', front)).toEqual({ status: 200, json: {} });
    const sent = phonePictureSchema.parse((await handOver.picture('front')).json());
    const bytes = Buffer.from(sent.base64, 'base64');
    expect(front.includes(CANARY)).toBe(true);
    expect(bytes.includes(CANARY)).toBe(false);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sent.hash);
    const lying = db === null ? [] : await db.selectFrom('phone_pictures').selectAll().execute();
    expect(JSON.stringify(lying)).not.toContain(sent.base64.slice(0, 60));

    // Judged as bad: another one comes.
    await handOver.judge('front', sent.hash, 'blurred');
    expect((await handOver.picture('front')).status).toBe(404);
    expect(await own.standing()).toMatchObject({
      sides: [{ state: 'refused', flaw: 'blurred' }, {}, { state: 'missing' }],
    });
    expect((await own.page()).text).toContain('ぼやけています');
    await own.send('front', next());
    const [waiting] = (await handOver.state()).waiting;
    // What is said of the one before says nothing of this one.
    await handOver.judge('front', sent.hash, null);
    expect((await handOver.state()).waiting).toEqual([waiting]);
    await handOver.judge('front', waiting?.hash ?? '');
    // A side that is kept stays as it is.
    await own.send('front', next());
    expect(await own.standing()).toMatchObject({ isDone: false, sides: [{ state: 'kept' }, {}, { state: 'missing' }] });
    await own.send('thickness', next());
    await handOver.judge('thickness', (await handOver.state()).waiting[0]?.hash ?? '');
    await own.send('back', back);
    const last = (await handOver.state()).waiting[0];
    expect(last?.side).toBe('back');
    expect((await handOver.judge('back', last?.hash ?? '')).json()).toMatchObject({ state: 'done', waiting: [] });
    const end = await own.page();
    expect(end.text).toContain('店頭の画面にお戻りください');
    // Also once the next person's are begun.
    await begun({ sessionId: handOver.sessionId });
    expect((await own.page()).status).toBe(200);
    expect((await own.send('back', next())).status).toBe(410);
    if (db !== null) {
      const named = (more: object = {}, isNamed = true) => {
        const pictures = [
          { side: 'front' as const, captureId: waiting?.hash ?? '', ...(isNamed ? { byPhone: true as const } : {}) },
        ];
        const of = { applicationId: handOver.applicationId, sessionId: handOver.sessionId, terminal: 'T01', ...more };
        const check = { ...CHECK, pictures };
        return db?.transaction().execute((own) => cameAsNamed(own, { replaces: undefined, ...of }, [check]));
      };
      expect(await named()).toBe(true);
      // As the camera's, for another application, session or terminal.
      expect(await named({}, false)).toBe(false);
      for (const other of [{ applicationId: uuidv7() }, { sessionId: randomUUID() }, { terminal: 'T02' }]) {
        expect(await named(other)).toBe(false);
      }
      expect(await named({ applicationId: uuidv7(), replaces: handOver.applicationId })).toBe(true);
      const kept = await db.selectFrom('phone_captures').selectAll().execute();
      expect(kept.map(({ side, application_id }) => [side, application_id])).toEqual(
        ['front', 'thickness', 'back'].map((side) => [side, handOver.applicationId]),
      );
      expect([kept[0]?.hash, kept[2]?.hash]).toEqual([waiting?.hash, last?.hash]);
      expect(await db.selectFrom('phone_pictures').select('sealed_content').execute()).toEqual([
        { sealed_content: null },
        { sealed_content: null },
        { sealed_content: null },
      ]);
    }
  });

  it('prove an identity in an order as what they came for only', async () => {
    const session = await signIn(central.url, 'goro@example.jp');
    const now = central.clocks.business();
    const answers = {
      ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
      ...{ contractorBornOn: '1985-01-02', relation: 'self', contactNumber: '08012345678' },
    };
    const order = () => orderFor(central.url, session, 'mobile.apply', answers, now);
    const taken = async (of: object, by = session.terminalToken) => {
      const handOver = await begun(of, by);
      const own = phone();
      await own.claim(handOver.password);
      const pictures: { side: PictureKind; captureId: string; base64: string }[] = [];
      for (const side of PICTURE_KINDS) {
        expect((await own.send(side, next())).status).toBe(200);
        const { hash, base64 } = phonePictureSchema.parse((await handOver.picture(side, by)).json());
        await handOver.judge(side, hash, null, by);
        pictures.push({ side, captureId: hash, base64 });
      }
      return pictures;
    };
    const judged = async (
      plain: FrozenOrder,
      sent: readonly { readonly side: PictureKind; readonly captureId: string; readonly base64: string }[],
      named: { byPhone?: true } = { byPhone: true },
    ): Promise<unknown> => {
      const own = { token: session.terminalToken, headers: { 'submission-grant': session.submissionGrant } };
      for (const { captureId, base64 } of sent) {
        const at = `${central.url}${CENTRAL_PATHS.captures}/${plain.externalId}/${captureId}`;
        const bytes = Buffer.from(base64, 'base64').length;
        await call(at, { ...own, method: 'PUT', body: { bytes, mediaType: 'image/jpeg' } });
        expect((await call(`${at}/parts`, { ...own, body: { offset: 0, base64 } })).status).toBe(200);
      }
      const check: IdentityCheck = {
        ...{ ...CHECK, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'], staffNumber: '1001' },
        ...{ checkedAt: new Date(now).toISOString() },
        pictures: sent.map(({ side, captureId }) => ({ side, captureId, ...named })),
      };
      const captures = sent.map(({ captureId }) => captureId);
      const application = { ...plain.application, captures, identityChecks: [check] };
      const answer = await postOrder(central.url, session, { ...plain, application });
      expect(answer.status, answer.text).toBe(201);
      const { id, state, note } = productOrderSchema.parse(answer.json());
      if (state !== 'held') return undefined;
      // Else the next one would be held for it.
      const operator = await central.tokens.forOperator(['tmf.write']);
      const path = `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
      await call(path, { token: operator, method: 'PATCH', body: { state: 'cancelled' } });
      return note?.[0]?.text;
    };
    const { sessionId } = session;
    const own = await order();
    const pictures = await taken({ sessionId, applicationId: own.externalId });
    // Of another application, session or terminal, or of another side.
    expect(await judged(await order(), pictures)).toBe('identity-check');
    const another = await order();
    const elsewhere = { applicationId: another.externalId };
    expect(await judged(another, await taken(elsewhere))).toBe('identity-check');
    const moved = await order();
    const there = await taken({ sessionId, applicationId: moved.externalId }, await tokenOfAnother(central.url));
    expect(await judged(moved, there)).toBe('identity-check');
    const turned = await order();
    const [front, back, thickness] = await taken({ sessionId, applicationId: turned.externalId });
    if (front === undefined || back === undefined || thickness === undefined) throw new Error('a side is missing');
    const swapped = [{ ...front, side: back.side }, { ...back, side: front.side }, thickness];
    expect(await judged(turned, swapped)).toBe('identity-check');
    // As the camera's, which they are not.
    const posing = await order();
    const hidden = await taken({ sessionId, applicationId: posing.externalId });
    expect(await judged(posing, hidden, {})).toBe('identity-check');
    expect(await judged(own, pictures)).toBeUndefined();
  });

  it('are taken as whole pictures of a camera’s size only, each side once (property)', async () => {
    const handOver = await begun();
    const own = phone();
    await own.claim(handOver.password);
    const sides = ['front', 'back'] as const;
    let left = PHONE_PICTURES_MOST;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), async (width, height) => {
        const answer = await own.send('front', pictureOf(width, height));
        const isSmall = Math.max(width, height) < 640;
        left -= 1;
        expect(answer).toEqual(isSmall ? { status: 422, json: { flaw: 'too-small' } } : { status: 200, json: {} });
      }),
      { numRuns: 12 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...sides), async (bytes, side) => {
        left -= 1;
        const answer = await own.send(side, Buffer.from(bytes), 'image/png');
        expect(answer).toEqual({ status: 422, json: { flaw: 'torn' } });
      }),
      { numRuns: 12 },
    );
    const whole = next();
    expect(await own.send('front', whole.subarray(0, -9))).toMatchObject({ json: { flaw: 'torn' } });
    expect((await own.send('front', Buffer.alloc(PHONE_PICTURE_BYTES + 1))).status).toBe(413);
    expect((await own.send('front', whole)).status).toBe(200);
    expect(await own.send('back', whole)).toMatchObject({ status: 422, json: { flaw: 'same-side' } });
    // Small parts without end are none of a picture.
    const parts = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400_000, Buffer.from([0xff, 0xc4, 0, 2]))]);
    expect(await own.send('back', Buffer.concat([parts, whole.subarray(2)]))).toMatchObject({ json: { flaw: 'torn' } });
    for (left -= 4; left > 0; left -= 1) expect((await own.send('back', next())).status).toBe(200);
    expect((await own.send('back', next())).status).toBe(410);
    expect((await own.send('inside', next())).status).toBe(410);
  });

  it('come from the one phone that began, and are seen by the one terminal that asked', async () => {
    const handOver = await begun();
    const own = phone();
    const grouped = handOver.password.replaceAll(/\d{4}(?=\d)/g, '$& ');
    expect((await own.claim(grouped)).status).toBe(303);
    const other = phone();
    const used = await other.claim(handOver.password);
    expect([used.status, used.cookie]).toEqual([422, null]);
    expect(used.text).toContain('別のスマートフォンですでに使われています');
    expect((await other.send('front', next())).status).toBe(410);
    expect((await other.page()).status).toBe(410);
    // Nothing is read of what somebody else sends.
    expect((await other.send('front', Buffer.alloc(PHONE_PICTURE_BYTES + 1))).status).toBe(410);
    // The same phone opens the code once more.
    expect((await own.claim(handOver.password)).status).toBe(303);
    expect((await own.send('front', next())).status).toBe(200);
    const another = await tokenOfAnother(central.url);
    const { hash } = (await handOver.state()).waiting[0] ?? { hash: '' };
    expect(await handOver.state(another)).toMatchObject({ state: 'over' });
    expect((await handOver.picture('front', another)).status).toBe(404);
    await handOver.judge('front', hash, null, another);
    await handOver.revoke(another);
    expect((await handOver.state()).waiting).toHaveLength(1);
    const operator = await central.tokens.forOperator(['operator']);
    expect((await handOver.picture('front', operator)).status).toBe(403);
    const elsewhere = await post('', { ...wish(), id: handOver.id }, another);
    expect(elsewhere.status).toBe(404);
    // Another site's page sends nothing in its name.
    const foreign = await own.ask('/pictures/front', { method: 'PUT', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(403);
  });

  it('are over when they are revoked, replaced or late, and what came is gone', async () => {
    const revoked = await begun();
    const own = phone();
    await own.claim(revoked.password);
    await own.send('front', next());
    expect((await revoked.revoke()).json()).toMatchObject({ state: 'over', waiting: [] });
    expect((await revoked.revoke()).status).toBe(200);
    expect((await own.page()).status).toBe(410);
    expect(await phone().claim(revoked.password)).toMatchObject({ status: 422 });

    const { sessionId } = revoked;
    const replaced = await begun({ sessionId });
    const late = await begun({ sessionId });
    expect(await replaced.state()).toMatchObject({ state: 'over' });
    const slow = phone();
    await slow.claim(late.password);
    await slow.send('front', next());
    central.clocks.advance(HAND_OVER_LIFE_SECONDS * 1000);
    token = await terminalToken(central.url);
    expect(await late.state()).toMatchObject({ state: 'over', waiting: [] });
    expect((await slow.send('back', next())).status).toBe(410);
    central.timers.fire();
    if (db !== null) {
      const own = db;
      await eventually(async () => {
        expect(await own.selectFrom('phone_hand_overs').select('id').where('id', '=', late.id).execute()).toEqual([]);
      });
      expect(
        await own.selectFrom('phone_pictures').select('side').where('hand_over_id', '=', late.id).execute(),
      ).toEqual([]);
    }
  });

  it('want a password that is right, few times tried', async () => {
    const handOver = await begun();
    const wrong = `${handOver.password.slice(0, -1)}${(Number(handOver.password.at(-1)) + 1) % 10}`;
    for (let at = 0; at < HAND_OVER_TRIES; at += 1) expect((await phone().claim(wrong)).status).toBe(422);
    expect((await phone().claim(handOver.password)).text).toContain('この数字は使えません');
    expect((await phone().claim('12345')).text).toContain('数字12桁を入力してください');
  });

  it.each(['my-number-card', 'passport', 'insurance-card'])('show no %s', async (document) => {
    expect((await post('', wish({ document }))).json()).toMatchObject({ code: 'document-not-wanted' });
  });

  it('are asked for by a page in four languages that loads nothing from elsewhere and has no script in it', async () => {
    const handOver = await begun();
    const own = phone();
    await own.claim(handOver.password);
    for (const language of LANGUAGES) {
      const { text, headers } = await own.page(language);
      expect(text).toContain(`lang="${language === 'zh' ? 'zh-CN' : language}"`);
      expect(text.match(/<input[^>]*accept="image\/\*" capture="environment"/g)).toHaveLength(3);
      expect(text).not.toMatch(/https?:|phone(-page)?:/);
      expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/photo/page.js">']);
      expect(headers.get('content-security-policy')).toContain(
        `default-src 'none'; script-src 'self'; connect-src 'self'; img-src blob:;`,
      );
    }
    const script = await own.ask('/page.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
  });

  it('leave no password in the database or the log', async () => {
    expect(seen.length).toBeGreaterThan(3);
    if (db === null) return;
    const rows = JSON.stringify(await db.selectFrom('phone_hand_overs').selectAll().execute());
    for (const password of seen) expect(rows).not.toContain(password);
  });
});
