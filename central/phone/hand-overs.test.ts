import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  HAND_OVER_LIFE_SECONDS,
  HAND_OVER_TRIES,
  PHONE_PICTURE_BYTES,
} from '../../shared/central-api/phone-hand-overs.ts';
import { PICTURE_KINDS } from '../../shared/domain/identity-policy.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { ONE_TIME_PAGE_LIMIT } from '../identity/sign-in-throttle.ts';
import { type PhoneRig, startPhoneRig } from '../testing/phone-rig.ts';
import { terminalToken, tokenOfAnother } from '../testing/test-terminal.ts';

describe('a hand-over to a phone', () => {
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

  it('gives pictures of the one phone that began, seen by the one terminal that asked', async () => {
    const handOver = await rig.begun(token);
    const own = rig.phone();
    const grouped = handOver.password.replaceAll(/\d{4}(?=\d)/g, '$& ');
    expect((await own.claim(grouped)).status).toBe(303);
    const other = rig.phone();
    const used = await other.claim(handOver.password);
    expect([used.status, used.cookie]).toEqual([422, null]);
    expect(used.text).toContain('別のスマートフォンですでに使われています');
    expect((await other.send('front', rig.next())).status).toBe(410);
    expect((await other.page()).status).toBe(410);
    // Nothing is read of what somebody else sends.
    expect((await other.send('front', Buffer.alloc(PHONE_PICTURE_BYTES + 1))).status).toBe(410);
    // The same phone opens the code once more.
    expect((await own.claim(handOver.password)).status).toBe(303);
    expect((await own.send('front', rig.next())).status).toBe(200);
    const another = await tokenOfAnother(rig.central.url);
    const { hash } = (await handOver.state()).waiting[0] ?? { hash: '' };
    expect(await handOver.state(another)).toMatchObject({ state: 'over' });
    expect((await handOver.picture('front', another)).status).toBe(404);
    await handOver.judge('front', hash, null, another);
    await handOver.revoke(another);
    expect((await handOver.state()).waiting).toHaveLength(1);
    const operator = await rig.central.tokens.forOperator(['operator']);
    expect((await handOver.picture('front', operator)).status).toBe(403);
    const elsewhere = await rig.post('', { ...rig.wish(), id: handOver.id }, another);
    expect(elsewhere.status).toBe(404);
    // Another site's page sends nothing in its name.
    const foreign = await own.ask('/pictures/front', { method: 'PUT', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(403);
  });

  it('is over when it is revoked, replaced or late, and what came is gone', async () => {
    const revoked = await rig.begun(token);
    const own = rig.phone();
    await own.claim(revoked.password);
    await own.send('front', rig.next());
    expect((await revoked.revoke()).json()).toMatchObject({ state: 'over', waiting: [] });
    expect((await revoked.revoke()).status).toBe(200);
    expect((await own.page()).status).toBe(410);
    expect(await rig.phone().claim(revoked.password)).toMatchObject({ status: 422 });

    const { sessionId } = revoked;
    const replaced = await rig.begun(token, { sessionId });
    const late = await rig.begun(token, { sessionId });
    expect(await replaced.state()).toMatchObject({ state: 'over' });
    const slow = rig.phone();
    await slow.claim(late.password);
    await slow.send('front', rig.next());
    rig.central.clocks.advance(HAND_OVER_LIFE_SECONDS * 1000);
    token = await terminalToken(rig.central.url);
    expect(await late.state(token)).toMatchObject({ state: 'over', waiting: [] });
    expect((await slow.send('back', rig.next())).status).toBe(410);
    rig.central.timers.fire();
    const { db } = rig;
    if (db !== null) {
      await eventually(async () => {
        expect(await db.selectFrom('phone_hand_overs').select('id').where('id', '=', late.id).execute()).toEqual([]);
      });
      expect(
        await db.selectFrom('phone_pictures').select('side').where('hand_over_id', '=', late.id).execute(),
      ).toEqual([]);
    }
  });

  it('is one phone’s however often its form is sent, and the next one’s pictures are another matter', async () => {
    const { sessionId, ...first } = await rig.begun(token);
    const own = rig.phone();
    const form = await own.form();
    const twice = await Promise.all([own.submit(form, first.password), own.submit(form, first.password)]);
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    expect(twice[0].cookie).toBe(twice[1].cookie);
    for (const side of PICTURE_KINDS) {
      await own.send(side, rig.next());
      await first.judge(side, (await first.state()).waiting[0]?.hash ?? '');
    }
    expect(await own.standing()).toMatchObject({ isDone: true });
    // The phone shows the form of before once more, and the number of the next person's is typed into it.
    rig.central.clocks.advance(60_000);
    const second = await rig.begun(token, { sessionId, person: 'user' });
    expect((await own.submit(form, second.password)).status).toBe(303);
    const missing = { state: 'missing' };
    expect(await own.standing()).toMatchObject({ isDone: false, sides: [missing, missing, missing] });
    await own.send('front', rig.next());
    expect((await second.state()).waiting).toHaveLength(1);
    expect(await own.standing()).toMatchObject({ sides: [{ state: 'waiting' }, missing, missing] });
    expect(await first.state()).toMatchObject({ state: 'done' });
  });

  it('is begun once more by the same name where an answer was lost: the number of before is nobody’s', async () => {
    const lost = await rig.begun(token);
    const { id, sessionId, applicationId } = lost;
    const again = await rig.begun(token, { id, sessionId, applicationId });
    expect((await rig.phone().claim(lost.password)).status).toBe(422);
    const own = rig.phone();
    expect((await own.claim(again.password)).status).toBe(303);
    expect(await again.state()).toMatchObject({ state: 'opened' });
  });

  it('hears of its phone whenever that asks for anything, and of nobody else', async () => {
    const handOver = await rig.begun(token);
    const heard = async (): Promise<number> => (await handOver.state()).heard;
    const own = rig.phone();
    await own.claim(handOver.password);
    let before = await heard();
    for (const ask of [() => own.page(), () => own.standing(), () => own.send('front', rig.next())]) {
      await ask();
      const after = await heard();
      expect(after).toBeGreaterThan(before);
      before = after;
    }
    const other = rig.phone();
    await other.claim(handOver.password);
    await other.page();
    expect(await heard()).toBe(before);
  });

  it('takes no picture that comes too late, whoever judges it', async () => {
    const handOver = await rig.begun(token);
    const own = rig.phone();
    await own.claim(handOver.password);
    await own.send('front', rig.next());
    const { hash } = (await handOver.state()).waiting[0] ?? { hash: '' };
    // Sent and judged while it is taken back.
    const [late] = await Promise.all([own.send('back', rig.next()), handOver.revoke()]);
    expect([200, 410]).toContain(late.status);
    expect((await handOver.judge('front', hash)).json()).toMatchObject({ state: 'over', waiting: [] });
    expect((await own.send('back', rig.next())).status).toBe(410);
    expect((await handOver.picture('back')).status).toBe(404);
    const { db } = rig;
    if (db === null) return;
    for (const table of ['phone_pictures', 'phone_captures'] as const) {
      expect(await db.selectFrom(table).select('side').where('hand_over_id', '=', handOver.id).execute()).toEqual([]);
    }
  });

  it('wants a password that is right, few times tried', async () => {
    const handOver = await rig.begun(token);
    const wrong = `${handOver.password.slice(0, -1)}${(Number(handOver.password.at(-1)) + 1) % 10}`;
    for (let at = 0; at < HAND_OVER_TRIES; at += 1) expect((await rig.phone().claim(wrong)).status).toBe(422);
    expect((await rig.phone().claim(handOver.password)).text).toContain('この数字は使えません');
    expect((await rig.phone().claim('12345')).text).toContain('数字12桁を入力してください');
  });

  it.each(['my-number-card', 'passport', 'insurance-card'])('is begun for no %s', async (document) => {
    expect((await rig.post('', rig.wish({ document }), token)).json()).toMatchObject({ code: 'document-not-wanted' });
  });

  it('leaves no password in the database or the log', async () => {
    expect(rig.passwords.length).toBeGreaterThan(3);
    const { db } = rig;
    if (db === null) return;
    const rows = JSON.stringify(await db.selectFrom('phone_hand_overs').selectAll().execute());
    for (const password of rig.passwords) expect(rows).not.toContain(password);
  });
});
