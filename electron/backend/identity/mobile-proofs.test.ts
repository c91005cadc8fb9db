import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityPolicy, SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { CAPTURE_FOLDER } from '../captures/capture-store.ts';
import { createSimulatedIdReader, sampleCardSchema } from '../devices/id-reader/simulated-id-reader.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { LICENCE, mobileLine, orderOf, signInAs } from '../testing/mobile-lines.ts';
import { documentPicture, pictureOf } from '../testing/pictures.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { loadPolicy } from './load-policy.ts';

const VARIANT = { reason: 'variant', note: '' } as const;

const shipped = loadPolicy(RESOURCES_DIR);
if (!shipped.ok) throw new Error(shipped.error.code);
/** Of an operator who lets the chip of a My Number card do where nobody is there. */
const POLICY: IdentityPolicy = {
  version: 'chip-alone',
  ways: [
    ...shipped.value.ways,
    {
      ...{ evidence: 'ic-chip', attended: false, validFrom: '2026-04-01' },
      typed: { counter: [], kiosk: ['name', 'address', 'bornOn'] },
      documents: [{ document: 'my-number-card', sides: [], supplementary: false }],
    },
  ],
};
const JIRO = sampleCardSchema.parse({
  ...{ document: 'my-number-card', pin: '1234' },
  says: { name: '髙橋　次郎', address: '神奈川県川崎市見本区七丁目８番地９', bornOn: '1985-01-02' },
});

describe('what proves an identity beside staff’s eyes', () => {
  let rig: CounterRig;
  /** Ends the reading that is under way; what happens meanwhile happens in its middle. */
  let duringReading = (): void => undefined;
  const reader = createSimulatedIdReader(() => {
    duringReading();
    return Promise.resolve();
  });
  beforeAll(async () => {
    rig = await startCounter(undefined, undefined, undefined, reader, POLICY);
  }, 120_000);
  afterAll(() => rig.close());

  const apply = (sessionId: string) => {
    const line = mobileLine(rig, sessionId);
    return {
      ...line,
      readChip: (pin = '1234', document: SeenDocument['document'] = 'my-number-card') =>
        rig.client.identity.readChip({ ...line.of, person: 'contractor', document, pin }),
    };
  };

  it('takes pictures for proof only where all are there and legible, and sends them along', async () => {
    const PHOTOGRAPHED = { ...LICENCE, evidence: 'picture' } as const;
    const [front, back, tilted] = [documentPicture('front'), documentPicture('back'), documentPicture('thickness')];
    // Jiro's line of before may be there at any moment, and his total is another then.
    const apply = mobileLine(rig, await signInAs(rig, 'rokuro'));
    await expect(apply.photograph('front', front)).rejects.toMatchObject({ code: 'NOT_AGREED' });
    await apply.agree();
    await expect(apply.photograph('front', front.subarray(0, -900))).rejects.toMatchObject({ code: 'NO_PICTURE' });
    const blurred = pictureOf({ width: 640, height: 400, blur: 4 });
    await expect(apply.photograph('front', blurred)).rejects.toMatchObject({
      code: 'NOT_LEGIBLE',
      data: { flaw: 'blurred' },
    });
    // Sharp, and so few pixels that nobody can read it.
    const coarse = pictureOf({ width: 320, height: 200, cards: [{ x: 0.5, y: 0.5, size: 0.8 }] });
    await expect(apply.photograph('front', coarse)).rejects.toMatchObject({ data: { flaw: 'too-far' } });
    for (const [side, document] of [
      ['front', 'my-number-card'],
      ['back', 'my-number-card'],
      ['front', 'insurance-card'],
    ] as const) {
      await expect(apply.photograph(side, back, document)).rejects.toMatchObject({ code: 'NOT_WANTED' });
    }
    expect(await apply.taken()).toEqual([]);
    // Compared with what?
    await expect(apply.photograph('thickness', tilted)).rejects.toMatchObject({ code: 'NOT_WANTED' });
    // Its back first; and not the same side for the other.
    const behind = await apply.photograph('back', back);
    await expect(apply.attest([PHOTOGRAPHED])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.photograph('front', documentPicture('back', 3))).rejects.toMatchObject({
      data: { flaw: 'same-side' },
    });
    await apply.photograph('front', documentPicture('front', 2));
    await apply.photograph('thickness', tilted);
    // With a new front its tilted picture goes: it was compared with the one before.
    const anew = await apply.photograph('front', front);
    expect((await apply.taken()).map(({ captureId }) => captureId)).toEqual([behind, anew]);
    await expect(apply.attest([PHOTOGRAPHED])).rejects.toMatchObject({ code: 'INCOMPLETE' });
    await expect(apply.photograph('thickness', front)).rejects.toMatchObject({ data: { flaw: 'too-flat' } });
    const other = { x: 0.5, y: 0.5, size: 0.72, side: 'back', tilt: { degrees: 45, about: 'long' } } as const;
    await expect(
      apply.photograph('thickness', pictureOf({ width: 640, height: 400, cards: [other] })),
    ).rejects.toMatchObject({ data: { flaw: 'other-card' } });
    const edge = await apply.photograph('thickness', tilted);

    const all = [behind, anew, edge].toSorted();
    const attested = await apply.attest([PHOTOGRAPHED]);
    expect(attested.captures.toSorted()).toEqual(all);
    await expect(apply.submit([anew])).rejects.toMatchObject({ code: 'CAPTURES_MISSING' });
    const outcome = await apply.submit(attested.captures);
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(rig, outcome.receiptNumber);
    expect(application?.captures?.toSorted()).toEqual(all);
    expect(application?.identityChecks?.[0]?.pictures).toContainEqual({ side: 'front', captureId: anew });
    expect(application?.identityChecks?.[0]?.pictures).toContainEqual({ side: 'thickness', captureId: edge });
    await expect(apply.photograph('front', front)).rejects.toMatchObject({ code: 'NOT_OPEN' });
  });

  it('takes no application whose picture was damaged or went missing after staff had seen it', async () => {
    const apply = mobileLine(rig, await signInAs(rig, 'goro'));
    await apply.agree();
    const photographAll = async (): Promise<void> => {
      for (const side of ['front', 'thickness', 'back'] as const) await apply.photograph(side, documentPicture(side));
    };
    await photographAll();
    const folder = join(rig.dataDir, CAPTURE_FOLDER);
    const own = (): string[] => readdirSync(folder).map((name) => join(folder, name));
    for (const harm of [(file: string) => truncateSync(file, 900), (file: string) => rmSync(file)]) {
      const { captures } = await apply.attest([{ ...LICENCE, evidence: 'picture' }]);
      const [file = ''] = own();
      const whole = readFileSync(file);
      harm(file);
      await expect(apply.submit(captures)).rejects.toMatchObject({ code: 'CAPTURES_MISSING' });
      writeFileSync(file, whole);
    }
    const { captures } = await apply.attest([{ ...LICENCE, evidence: 'picture' }]);
    expect(await apply.submit(captures)).toMatchObject({ state: 'accepted' });
  });

  it('takes no side for the other where both come at once', async () => {
    const apply = mobileLine(rig, await signInAs(rig, 'jiro'));
    await apply.agree();
    const both = await Promise.allSettled([
      apply.photograph('front', documentPicture('front')),
      apply.photograph('back', documentPicture('front', 2)),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { data: { flaw: 'same-side' } } });
    expect(await apply.taken()).toHaveLength(1);
  });

  it('says in which way a chip could not be read, and keeps nothing of it', async () => {
    const line = apply(await signInAs(rig, 'jiro'));
    const problem = (kind: string, more = {}) => ({ code: 'READ_FAILED', data: { kind, ...more } });
    expect((await rig.client.terminal.status()).hasIdReader).toBe(true);
    await expect(line.readChip('1234', 'passport')).rejects.toMatchObject({ code: 'NOT_WANTED' });
    await expect(line.readChip()).rejects.toMatchObject(problem('no-card'));
    reader.lay(JIRO);
    await expect(line.readChip('1234', 'drivers-licence')).rejects.toMatchObject(problem('other-card'));
    await expect(line.readChip('9999')).rejects.toMatchObject(problem('wrong-pin', { triesLeft: 2 }));
    duringReading = () => reader.lay(null);
    await expect(line.readChip()).rejects.toMatchObject(problem('removed'));
    duringReading = () => reader.plug(false);
    reader.lay(JIRO);
    await expect(line.readChip()).rejects.toMatchObject(problem('no-reader'));
    await expect(line.readChip()).rejects.toMatchObject(problem('no-reader'));
    await eventually(async () => expect((await rig.client.terminal.status()).hasIdReader).toBe(false));
    duringReading = () => undefined;
    reader.plug(true);
    reader.lay({ ...JIRO, isDamaged: true });
    await expect(line.readChip()).rejects.toMatchObject(problem('unreadable'));
    const other = { ...JIRO };
    reader.lay(other);
    for (const triesLeft of [2, 1]) {
      await expect(line.readChip('0000')).rejects.toMatchObject(problem('wrong-pin', { triesLeft }));
    }
    await expect(line.readChip('0000')).rejects.toMatchObject(problem('locked'));
    await expect(line.readChip()).rejects.toMatchObject(problem('locked'));
    await expect(line.identify()).rejects.toMatchObject({ code: 'INCOMPLETE' });
  });

  it('takes the chip alone for proof at a kiosk where it agrees, and nothing that only differs a little', async () => {
    const sessionId = await signInAs(rig, 'jiro');
    const line = apply(sessionId);
    const says = { ...JIRO.says, name: '高橋 次郎' };
    reader.lay({ ...JIRO, says });
    expect(await line.readChip()).toEqual(says);
    await expect(line.identify()).rejects.toMatchObject({ code: 'DIFFERS', data: { fields: ['name'] } });
    const seen = { ...LICENCE, document: 'my-number-card', evidence: 'ic-chip', sides: ['front'] } as const;
    const byStaff = { ...seen, sides: [...seen.sides], agrees: [], says: {} };
    // Staff at the kiosk can't pass over it either, and no page says what a chip says.
    await expect(line.attest([{ ...byStaff, override: VARIANT }])).rejects.toMatchObject({ code: 'DIFFERS' });
    // Nor do they look away from what the chip said, at another document.
    await expect(line.attest([LICENCE])).rejects.toMatchObject({ code: 'DIFFERS', data: { fields: ['name'] } });
    await expect(mobileLine(rig, sessionId).attest([{ ...byStaff, says: JIRO.says }])).rejects.toMatchObject({
      code: 'INCOMPLETE',
    });
    reader.lay(JIRO);
    await line.readChip();
    await line.identify();
    const outcome = await line.submit();
    expect(outcome).toMatchObject({ state: 'accepted' });
    const { application } = await orderOf(rig, outcome.receiptNumber);
    const [check, ...others] = application?.identityChecks ?? [];
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      ...{ evidence: 'ic-chip', document: 'my-number-card', sides: [], simulated: true },
      typed: ['name', 'address', 'bornOn'],
    });
    expect(check).not.toHaveProperty('staffNumber');
    expect(rig.logs.join('')).not.toMatch(/1234"|次郎/);
  });
});
