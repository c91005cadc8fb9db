import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhoneLink } from '../../../shared/contract/phone.ts';
import type { SeenDocument } from '../../../shared/domain/identity-policy.ts';
import type { Draft } from '../../../shared/procedures/procedure.ts';
import { phoneBrowser } from '../../../tests/setup/phone-browser.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import type { Draw } from '../drawing/drawing-job.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { drawHere } from '../testing/draw-here.ts';
import { CAPTURE_FOLDER } from './capture-store.ts';
import { LICENCE, mobileLine, orderOf, signInAs } from '../testing/mobile-lines.ts';
import { documentPicture, pictureOf } from '../testing/pictures.ts';

const DATA: Draft = {
  ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
  ...{ contractorBornOn: '昭和60年1月2日', relation: 'self', contactNumber: '08012345678' },
};
const PHOTOGRAPHED: SeenDocument = { ...LICENCE, evidence: 'picture' };

describe('a document photographed by the customer’s phone', () => {
  let rig: CounterRig;
  let judge: Draw = drawHere;
  beforeAll(async () => {
    rig = await startCounter(undefined, undefined, undefined, undefined, undefined, (job) => judge(job));
  }, 120_000);
  afterAll(() => rig.close());

  const signIn = (login: string): Promise<string> => signInAs(rig, login);
  function apply(sessionId: string) {
    const line = mobileLine(rig, sessionId, DATA);
    return {
      ...line,
      begin: (handOverId: string = crypto.randomUUID(), document: SeenDocument['document'] = 'drivers-licence') =>
        rig.client.phone.begin({ ...line.of, handOverId, person: 'contractor', document, language: 'ko' }),
      look: ({ handOverId }: Pick<PhoneLink, 'handOverId'>) => rig.client.phone.look({ sessionId, handOverId }),
      cancel: ({ handOverId }: PhoneLink) => rig.client.phone.cancel({ sessionId, handOverId }),
      begun: () => rig.client.phone.begun(line.of),
    };
  }
  async function phone({ page, password }: PhoneLink) {
    const own = phoneBrowser(page);
    const { status } = await own.claim(password, 'ko');
    return { ...own, status };
  }
  /** The next picture is judged when the test says so. */
  function holdNext(): { readonly isHeld: Promise<void>; readonly release: () => void } {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const isHeld = new Promise<void>((resolve) => {
      judge = async (job) => {
        judge = drawHere;
        resolve();
        await released;
        return drawHere(job);
      };
    });
    return { isHeld, release };
  }
  /** Tried once: what is wrong is counted. */
  async function expectUseless(link: PhoneLink): Promise<void> {
    const own = await phone(link);
    await eventually(async () => expect((await own.page()).status).toBe(410));
  }

  it('is judged and kept as the camera’s is, seen by staff, and said on record to be a phone’s', async () => {
    const its = apply(await signIn('rokuro'));
    const link = await its.begin();
    expect(await its.look(link)).toEqual({ state: 'waiting', heard: 0, taken: [] });
    const own = await phone(link);
    expect(own.status).toBe(303);
    expect(await its.look(link)).toEqual({ state: 'opened', heard: 0, taken: [] });
    // Whoever looks at the page is there, be it only that.
    await own.standing();
    expect(await its.look(link)).toEqual({ state: 'opened', heard: 1, taken: [] });
    const blurred = pictureOf({ width: 640, height: 400, blur: 4 });
    expect((await own.send('front', blurred)).status).toBe(200);
    // Two looks at once are one.
    const both = await Promise.all([its.look(link), its.look(link)]);
    const same = { state: 'opened', heard: 2, taken: [] };
    expect(both).toEqual([same, same]);
    expect(await own.standing()).toMatchObject({ sides: [{ state: 'refused', flaw: 'blurred' }, {}, {}] });
    await own.send('front', documentPicture('front'));
    await own.send('back', documentPicture('front', 2));
    expect((await its.look(link)).taken).toHaveLength(1);
    expect(await own.standing()).toMatchObject({
      sides: [{ state: 'kept' }, { state: 'missing' }, { flaw: 'same-side' }],
    });
    await own.send('back', documentPicture('back'));
    await own.send('thickness', documentPicture('front', 3));
    expect((await its.look(link)).taken).toHaveLength(2);
    expect(await own.standing()).toMatchObject({ sides: [{}, { side: 'thickness', flaw: 'too-flat' }, {}] });
    await own.send('thickness', documentPicture('thickness'));
    const done = await its.look(link);
    expect(done).toMatchObject({ state: 'done', taken: [{ byPhone: true }, { byPhone: true }, { byPhone: true }] });
    expect(await its.taken()).toEqual(done.taken);
    const [front] = done.taken;
    const shown = Buffer.from(await (await its.show(front?.captureId ?? '')).arrayBuffer());
    expect(shown.equals(documentPicture('front'))).toBe(true);
    // The customer is gone on: nothing is taken back any more.
    await its.cancel(link);
    const attested = await its.attest([PHOTOGRAPHED]);
    const outcome = await its.submit(attested.captures);
    expect(outcome).toMatchObject({ state: 'accepted', reason: null });
    const { application } = await orderOf(rig, outcome.receiptNumber);
    expect(application?.identityChecks?.[0]?.pictures).toEqual(
      done.taken.map(({ shows, captureId }) => ({ side: shows.side, captureId, byPhone: true })),
    );
    const said = [...rig.logs, ...rig.centralLogs].join('');
    for (const secret of [link.password, front?.captureId ?? '']) expect(said).not.toContain(secret);
  });

  it('is one link however often it is tapped, and none for what the policy keeps from cameras', async () => {
    const its = apply(await signIn('taro'));
    const id = crypto.randomUUID();
    const [one, two] = await Promise.all([its.begin(id), its.begin(id)]);
    expect(two).toEqual(one);
    expect((await phone(one)).status).toBe(303);
    expect((await phone(one)).status).toBe(422);
    await expect(its.begin(undefined, 'my-number-card')).rejects.toMatchObject({ code: 'NOT_WANTED' });
    // Another one ends the first.
    const next = await its.begin();
    expect(await its.look(one)).toEqual({ state: 'over', heard: 0, taken: [] });
    expect(await its.look(next)).toMatchObject({ state: 'waiting' });
  });

  it('goes with whoever cancels or leaves: nothing is kept, and the phone sends no more', async () => {
    const sessionId = await signIn('taro');
    const its = apply(sessionId);
    const link = await its.begin();
    const own = await phone(link);
    await own.send('front', documentPicture('front'));
    expect((await its.look(link)).taken).toHaveLength(1);
    await its.cancel(link);
    expect(await its.taken()).toEqual([]);
    await eventually(async () => expect((await own.page()).status).toBe(410));
    expect((await own.send('back', documentPicture('back'))).status).toBe(410);

    const last = await its.begin();
    const other = await phone(last);
    await other.send('front', documentPicture('front'));
    await its.look(last);
    await rig.client.session.end({ sessionId });
    await eventually(async () => expect((await other.page()).status).toBe(410));
    await expect(its.look(last)).rejects.toMatchObject({ code: 'SESSION_GONE' });
  });

  it('leaves no number behind that was asked for in vain', async () => {
    const sessionId = await signIn('taro');
    const its = apply(sessionId);
    // Gone back, tapped once more, or left, before there was an answer.
    const handOverId = crypto.randomUUID();
    const cancelled = its.begin(handOverId);
    await rig.client.phone.cancel({ sessionId, handOverId });
    const replaced = its.begin();
    const last = its.begin();
    const links = [await cancelled, await replaced];
    expect(await its.look(await last)).toMatchObject({ state: 'waiting' });
    await rig.client.session.end({ sessionId });
    links.push(await last);
    for (const link of links) await expectUseless(link);
    const another = await signIn('taro');
    const late = apply(another).begin();
    await rig.client.session.end({ sessionId: another });
    await expectUseless(await late);
  });

  it('keeps nothing of a picture that was judged while the customer went back', async () => {
    const its = apply(await signIn('taro'));
    const link = await its.begin();
    const own = await phone(link);
    await own.send('front', documentPicture('front'));
    const looking = its.look(link);
    await its.cancel(link);
    expect(await looking).toEqual({ state: 'over', heard: 0, taken: [] });
    expect(await its.taken()).toEqual([]);

    // And nothing of it is among those of the next.
    const second = await its.begin();
    const other = await phone(second);
    await other.send('front', documentPicture('front'));
    const late = its.look(second);
    const third = await its.begin();
    expect(await late).toMatchObject({ state: 'over' });
    expect(await its.look(third)).toMatchObject({ state: 'waiting', taken: [] });
    expect(await its.taken()).toEqual([]);
    expect(readdirSync(join(rig.dataDir, CAPTURE_FOLDER))).toEqual([]);
  });

  it.each([
    ['good', documentPicture('front', 1)],
    ['bad', pictureOf({ width: 640, height: 400, blur: 4 })],
  ])('leaves the camera’s pictures alone where a %s one of a phone is judged late', async (_, late) => {
    const its = apply(await signIn('taro'));
    const link = await its.begin();
    const own = await phone(link);
    await own.send('front', late);
    const { isHeld, release } = holdNext();
    const looking = its.look(link);
    await isHeld;
    await its.cancel(link);
    await its.agree();
    const front = await its.photograph('front', documentPicture('front'));
    release();
    expect(await looking).toEqual({ state: 'over', heard: 0, taken: [] });
    expect(await its.taken()).toMatchObject([{ captureId: front, byPhone: false }]);
    await its.photograph('thickness', documentPicture('thickness'));
    expect(await its.taken()).toHaveLength(2);
    await its.discard(null);
  });

  it('has none of the pictures that came by the number before it, however late they are judged', async () => {
    const its = apply(await signIn('taro'));
    const first = await its.begin();
    const own = await phone(first);
    await own.send('front', documentPicture('front'));
    const { isHeld, release } = holdNext();
    const late = its.look(first);
    await isHeld;
    const second = await its.begin();
    const other = await phone(second);
    await other.send('front', documentPicture('front', 1));
    const { taken } = await its.look(second);
    expect(taken).toHaveLength(1);
    release();
    expect(await late).toMatchObject({ state: 'over' });
    expect(await its.taken()).toEqual(taken);
    await its.discard(null);
  });

  it('is there again for whoever comes back to its application, with what came, until it is given up', async () => {
    const sessionId = await signIn('taro');
    const its = apply(sessionId);
    expect(await its.begun()).toBeNull();
    const link = await its.begin();
    const of = { person: 'contractor', document: 'drivers-licence', link };
    expect(await its.begun()).toEqual({ ...of, standing: { state: 'waiting', heard: 0, taken: [] } });
    const own = await phone(link);
    await own.send('front', documentPicture('front'));
    const standing = await its.look(link);
    expect(standing.taken).toHaveLength(1);
    expect(await its.begun()).toEqual({ ...of, standing });
    // Not to another application, or another customer.
    expect(await apply(sessionId).begun()).toBeNull();
    await own.send('back', documentPicture('back'));
    expect((await its.look(link)).taken).toHaveLength(2);
    // Another person's pictures have nothing to do with it; nobody's application has no phone.
    await its.discard('user');
    expect(await its.begun()).not.toBeNull();
    await its.discard(null);
    expect(await its.begun()).toBeNull();
    await eventually(async () => expect((await own.page()).status).toBe(410));

    const next = await its.begin();
    await its.discard('contractor');
    expect(await its.look(next)).toEqual({ state: 'over', heard: 0, taken: [] });
    const last = await its.begin();
    const other = await phone(last);
    for (const side of ['front', 'back', 'thickness'] as const) await other.send(side, documentPicture(side));
    await its.look(last);
    expect(await its.look(last)).toMatchObject({ state: 'done' });
    expect(await its.begun()).toBeNull();
    expect(await its.taken()).toHaveLength(3);
  });

  it('is given up where somebody comes back before central has answered, who doesn’t wait for that', async () => {
    const its = apply(await signIn('taro'));
    await its.agree();
    const before = await its.photograph('front', documentPicture('front'));
    const asked = its.begin();
    expect(await its.begun()).toBeNull();
    const link = await asked;
    expect(await its.look(link)).toMatchObject({ state: 'over' });
    await expectUseless(link);
    // The camera goes on from where it was.
    await its.photograph('thickness', documentPicture('thickness'));
    expect(await its.taken()).toMatchObject([{ captureId: before }, {}]);
    await its.discard(null);
  });

  it('waits while central is away, and goes on', async () => {
    const its = apply(await signIn('taro'));
    const link = await its.begin();
    const own = await phone(link);
    await own.send('front', documentPicture('front'));
    await rig.stopCentral();
    await expect(its.look(link)).rejects.toMatchObject({ code: 'CENTRAL_UNREACHABLE' });
    await expect(apply(await rig.signIn()).begin()).rejects.toMatchObject({ code: 'SESSION_GONE' });
    await rig.startCentral();
    expect((await its.look(link)).taken).toHaveLength(1);
    await own.send('back', documentPicture('back'));
    await own.send('thickness', documentPicture('thickness'));
    expect(await its.look(link)).toMatchObject({ state: 'done' });
  });
});
