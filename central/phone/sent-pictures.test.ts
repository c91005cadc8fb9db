import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  PHONE_PICTURE_BYTES,
  PHONE_PICTURES_MOST,
  phonePictureSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { ONE_TIME_PAGE_LIMIT } from '../identity/sign-in-throttle.ts';
import { CHECK_BY_PICTURE, CANARY, type PhoneRig, pictureOf, startPhoneRig } from '../testing/phone-rig.ts';
import { terminalToken } from '../testing/test-terminal.ts';
import { cameAsNamed } from './came-by-phone.ts';

describe('pictures from a phone', () => {
  let rig: PhoneRig;
  let token: string;
  beforeAll(async () => {
    rig = await startPhoneRig();
  });
  beforeEach(async () => {
    rig.central.clocks.advance(ONE_TIME_PAGE_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(rig.central.url);
  });
  afterAll(() => rig.close());

  it('come stripped and sealed, are judged by the terminal, and leave nothing but what they were for', async () => {
    const handOver = await rig.begun(token);
    expect(handOver.page).toBe(`${rig.central.url}/photo`);
    expect(await handOver.state()).toMatchObject({ state: 'waiting', waiting: [] });
    const own = rig.phone();
    const claimed = await own.claim(handOver.password);
    expect(claimed.status).toBe(303);
    expect(claimed.cookie).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await handOver.state()).toMatchObject({ state: 'opened' });
    const [front, back] = [rig.next(), rig.next()];
    expect(await own.send('front', front)).toEqual({ status: 200, json: {} });
    const sent = phonePictureSchema.parse((await handOver.picture('front')).json());
    const bytes = Buffer.from(sent.base64, 'base64');
    expect(front.includes(CANARY)).toBe(true);
    expect(bytes.includes(CANARY)).toBe(false);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sent.hash);
    const lying = rig.db === null ? [] : await rig.db.selectFrom('phone_pictures').selectAll().execute();
    expect(JSON.stringify(lying)).not.toContain(sent.base64.slice(0, 60));

    // Judged as bad: another one comes.
    await handOver.judge('front', sent.hash, 'blurred');
    expect((await handOver.picture('front')).status).toBe(404);
    expect(await own.standing()).toMatchObject({
      sides: [{ state: 'refused', flaw: 'blurred' }, {}, { state: 'missing' }],
    });
    expect((await own.page()).text).toContain('ぼやけています');
    await own.send('front', rig.next());
    const [waiting] = (await handOver.state()).waiting;
    // What is said of the one before says nothing of this one.
    await handOver.judge('front', sent.hash, null);
    expect((await handOver.state()).waiting).toEqual([waiting]);
    await handOver.judge('front', waiting?.hash ?? '');
    // A side that is kept stays as it is.
    await own.send('front', rig.next());
    expect(await own.standing()).toMatchObject({ isDone: false, sides: [{ state: 'kept' }, {}, { state: 'missing' }] });
    await own.send('thickness', rig.next());
    await handOver.judge('thickness', (await handOver.state()).waiting[0]?.hash ?? '');
    await own.send('back', back);
    const last = (await handOver.state()).waiting[0];
    expect(last?.side).toBe('back');
    expect((await handOver.judge('back', last?.hash ?? '')).json()).toMatchObject({ state: 'done', waiting: [] });
    const end = await own.page();
    expect(end.text).toContain('店頭の画面にお戻りください');
    // Also once the next person's are begun.
    await rig.begun(token, { sessionId: handOver.sessionId });
    expect((await own.page()).status).toBe(200);
    expect((await own.send('back', rig.next())).status).toBe(410);
    const { db } = rig;
    if (db !== null) {
      const named = (more: object = {}, isNamed = true) => {
        const pictures = [
          { side: 'front' as const, captureId: waiting?.hash ?? '', ...(isNamed ? { byPhone: true as const } : {}) },
        ];
        const of = { applicationId: handOver.applicationId, sessionId: handOver.sessionId, terminal: 'T01', ...more };
        const check = { ...CHECK_BY_PICTURE, pictures };
        return db.transaction().execute((own) => cameAsNamed(own, { replaces: undefined, ...of }, [check]));
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

  it('are taken as whole pictures of a camera’s size only, each side once (property)', async () => {
    const handOver = await rig.begun(token);
    const own = rig.phone();
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
    const whole = rig.next();
    expect(await own.send('front', whole.subarray(0, -9))).toMatchObject({ json: { flaw: 'torn' } });
    expect((await own.send('front', Buffer.alloc(PHONE_PICTURE_BYTES + 1))).status).toBe(413);
    expect((await own.send('front', whole)).status).toBe(200);
    expect(await own.send('back', whole)).toMatchObject({ status: 422, json: { flaw: 'same-side' } });
    // Small parts without end are none of a picture.
    const parts = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400_000, Buffer.from([0xff, 0xc4, 0, 2]))]);
    expect(await own.send('back', Buffer.concat([parts, whole.subarray(2)]))).toMatchObject({ json: { flaw: 'torn' } });
    for (left -= 4; left > 0; left -= 1) expect((await own.send('back', rig.next())).status).toBe(200);
    expect((await own.send('back', rig.next())).status).toBe(410);
    expect((await own.send('inside', rig.next())).status).toBe(410);
  });

  it('are asked for by a page in four languages that loads nothing from elsewhere and has no script in it', async () => {
    const handOver = await rig.begun(token);
    const own = rig.phone();
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
});
