import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../../shared/central-api/product-order.ts';
import { LIKENESS_METHOD } from '../../../shared/domain/face.ts';
import type { IdentifiedPerson, Photographed, SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { err, ok } from '../../../shared/domain/result.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { isIn, needlesOfBytes } from '../../../tests/canaries/forms.ts';
import { filesUnder, type Place } from '../../../tests/canaries/places.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { CAPTURE_FOLDER } from '../captures/capture-store.ts';
import type { Draw, DrawingJob } from '../drawing/drawing-job.ts';
import { buildThread } from '../testing/built-thread.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { drawHere } from '../testing/draw-here.ts';
import { documentPicture, facePicture, frontOf, pictureOf } from '../testing/pictures.ts';

let thread: Awaited<ReturnType<typeof buildThread>>;
let lasting: Worker;
beforeAll(async () => {
  thread = await buildThread();
  lasting = new Worker(thread.lasting, { execArgv: [] });
});
afterAll(async () => {
  await lasting.terminate();
  thread.remove();
});

const inThread: Draw = async (job) => {
  const answered = once(lasting, 'message');
  lasting.postMessage(job);
  const [pieces] = z.tuple([z.array(z.instanceof(Uint8Array))]).parse(await answered);
  return ok(pieces);
};
const bytes = (picture: Buffer<ArrayBuffer>): Uint8Array<ArrayBuffer> => new Uint8Array(picture);

it.each([
  ['alike', frontOf('ken'), facePicture(['ken'])],
  ['unlike', frontOf('aoi'), facePicture(['ken'])],
  ['no-face-on-document', documentPicture('front'), facePicture(['aoi'])],
  ['several-faces', frontOf('aoi'), facePicture(['aoi', 'ken'])],
  ['too-far', frontOf('aoi'), facePicture(['aoi'], 0.07)],
])('finds %s', async (found, front, face) => {
  const answer = await inThread({ kind: 'faces', front: bytes(front), face: bytes(face) });
  expect(answer).toEqual(ok([bytes(Buffer.from(found))]));
});

it.each([
  ['tilted', 'right', ['aoi'], 0.22, -20],
  ['tilted', 'left', ['aoi'], 0.22, 20],
  ['tilted', 'left', ['aoi'], 0.22, 30],
  ['tilted', 'right', ['ken'], 0.22, -25],
  ['tilted', 'left', ['ken'], 0.22, 16],
  ['not-tilted', 'left', ['aoi'], 0.22, -20],
  ['not-tilted', 'right', ['aoi'], 0.22, 0],
  ['not-tilted', 'right', ['aoi'], 0.22, -6],
  ['other-face', 'right', ['ken'], 0.22, -20],
  ['several-faces', 'right', ['aoi', 'ken'], 0.22, -20],
  ['too-far', 'right', ['aoi'], 0.07, -20],
  ['no-face', 'right', [], 0.22, 0],
] as const)('finds a head %s to the %s: %s, %f, %i degrees', async (found, to, persons, size, leans) => {
  const before = bytes(facePicture(found === 'other-face' || found === 'no-face' ? ['aoi'] : persons.slice(0, 1)));
  const tilted = bytes(facePicture(persons, size, leans));
  const answer = await inThread({ kind: 'tilt', face: before, tilted, to });
  expect(answer).toEqual(ok([bytes(Buffer.from(found))]));
});

it('can’t tell where nobody is to be seen on the face’s own picture', async () => {
  const [face, tilted] = [bytes(documentPicture('front')), bytes(facePicture(['aoi'], 0.22, 20))];
  const answer = await inThread({ kind: 'tilt', face, tilted, to: 'left' });
  expect(answer).toEqual(ok([bytes(Buffer.from('nobody-before'))]));
});

it('names the version that compares', () => {
  const file = join(import.meta.dirname, '../../../node_modules/@vladmandic/face-api/package.json');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  expect(LIKENESS_METHOD).toBe(`face-api ${version}`);
});

const STAFF = { number: '1001', pin: '248163' };
const ANSWERS: Draft = {
  ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
  ...{ contractorBornOn: '昭和60年1月2日', relation: 'self', contactNumber: '08012345678' },
};
const PHOTOGRAPHED: SeenDocument = {
  ...{ person: 'contractor', evidence: 'picture', document: 'drivers-licence', sides: ['front', 'back'] },
  ...{ supplementary: false, agrees: ['name', 'address'], says: { bornOn: 'S60.1.2' }, override: null },
};

describe('the face of who applies', () => {
  let rig: CounterRig;
  let compare: Draw = inThread;
  let judge: Draw = drawHere;
  const asked: DrawingJob['kind'][] = [];
  beforeAll(async () => {
    const draw: Draw = (job) => {
      asked.push(job.kind);
      return job.kind === 'faces' || job.kind === 'tilt' ? compare(job) : judge(job);
    };
    rig = await startCounter(undefined, undefined, undefined, undefined, undefined, draw);
  }, 120_000);
  afterAll(() => rig.close());

  const folder = (): string => join(rig.dataDir, CAPTURE_FOLDER);
  const names = (): readonly string[] => readdirSync(folder());
  const files = (): number => names().length;
  async function begin(login: string) {
    const who = { loginId: `${login}@example.jp`, password: 'Counter2026', language: 'ja' } as const;
    const { sessionId } = await rig.client.session.signIn({ requestId: crypto.randomUUID(), ...who });
    const of = { sessionId, applicationId: uuidv7() };
    await rig.client.captures.begin(of);
    return {
      take: (side: Photographed, content: Buffer<ArrayBuffer>) => {
        const shows = { person: 'contractor', document: 'drivers-licence', side } as const;
        return rig.client.captures.keep({ ...of, shows, picture: new File([content], 'picture') });
      },
      tilt: async (captureId: string, content: Buffer<ArrayBuffer>) => {
        // On a busy machine this takes longer than a page may say nothing.
        await rig.client.terminal.heartbeat({ sessionId, staffSessionId: null });
        return rig.client.captures.tilt({ ...of, captureId, picture: new File([content], 'picture') });
      },
      taken: () => rig.client.captures.taken(of),
      discard: () => rig.client.captures.discard({ ...of, person: 'contractor' }),
      discardFace: (person: IdentifiedPerson = 'contractor') => rig.client.captures.discardFace({ ...of, person }),
      attest: () =>
        rig.client.identity.attest({
          ...{ ...of, procedureId: 'mobile.apply', answers: ANSWERS, ...STAFF, seen: [PHOTOGRAPHED] },
        }),
      submit: async (captures: readonly string[]) => {
        const procedure = await loadProcedure('mobile.apply');
        const { catalog } = await rig.client.catalog.get();
        const { facts } = await rig.client.session.view({ sessionId });
        const context = { catalog, facts, ...timesAt(Date.now()) };
        const shown = procedure.quote(context, ANSWERS);
        if (!shown.ok) throw new Error(JSON.stringify(shown.error));
        const terms = await rig.client.terms.get({ ids: [...procedure.termsFor(context, ANSWERS)], language: 'ja' });
        return rig.client.applications.submit({
          ...{ ...of, procedureId: 'mobile.apply', answers: ANSWERS, captures: [...captures] },
          ...{ shownQuote: shown.value, language: 'ja' },
          terms: terms.map(({ id, version }) => ({ id, version })),
        });
      },
    };
  }
  const orderOf = (receiptNumber: string) =>
    eventually(async () => {
      const headers = { authorization: `Bearer ${await rig.operatorToken()}` };
      const answer = await fetch(new URL(`${CENTRAL_PATHS.productOrder}?limit=1000`, rig.central), { headers });
      const orders = z.array(productOrderSchema).parse(await answer.json());
      const found = orders.find(({ application }) => application?.receiptNumber === receiptNumber);
      if (found === undefined) throw new Error('not there yet');
      return found;
    });

  it('is compared with the front, and goes with the order, which says what was found and no more', async () => {
    const apply = await begin('jiro');
    await expect(apply.take('face', facePicture(['aoi']))).rejects.toMatchObject({ code: 'NOT_WANTED' });
    await apply.take('front', frontOf('aoi'));
    const refused = apply.take('face', documentPicture('back'));
    await expect(refused).rejects.toMatchObject({ code: 'NO_GOOD_FACE', data: { flaw: 'no-face' } });
    expect(await apply.take('face', facePicture(['ken']))).toMatchObject({ likeness: 'unlike' });
    const content = facePicture(['aoi']);
    const face = await apply.take('face', content);
    expect(face).toMatchObject({ likeness: 'alike', looks: [], tilt: { isSeen: null } });
    const degrees = face.tilt?.to === 'left' ? 20 : -20;
    for (const [flaw, tilted] of [
      ['not-tilted', facePicture(['aoi'])],
      ['not-tilted', facePicture(['aoi'], 0.22, -degrees)],
      ['other-face', facePicture(['ken'], 0.22, degrees)],
    ] as const) {
      const refused = apply.tilt(face.captureId, tilted);
      await expect(refused).rejects.toMatchObject({ code: 'NOT_TILTED', data: { flaw } });
    }
    expect((await apply.taken()).map(({ tilt }) => tilt?.isSeen)).toContain(false);
    const tiltedHead = facePicture(['aoi'], 0.22, degrees);
    expect(await apply.tilt(face.captureId, tiltedHead)).toMatchObject({ tilt: { isSeen: true } });
    await apply.take('thickness', documentPicture('thickness'));
    await apply.take('back', documentPicture('back'));
    // It took the place of the one that was unlike.
    const taken = await apply.taken();
    expect(taken.map(({ tilt }) => tilt?.isSeen ?? null)).toEqual([null, true, null, null]);
    const front = taken[0]?.captureId ?? '';
    await expect(apply.tilt(front, tiltedHead)).rejects.toMatchObject({ code: 'NOT_WANTED' });
    const torn = apply.tilt(face.captureId, tiltedHead.subarray(0, -900));
    await expect(torn).rejects.toMatchObject({ code: 'NO_PICTURE' });
    expect(taken.map(({ shows }) => shows.side)).toEqual(['front', 'face', 'thickness', 'back']);
    // Sealed: where it lies, and wherever else something may have been left of it.
    const needles = [content, tiltedHead].flatMap((picture) =>
      needlesOfBytes('face', picture.subarray(picture.length / 2).subarray(0, 32)),
    );
    const isLeftIn = (place: Place): boolean => needles.some((needle) => isIn(place.content, needle));
    expect(isLeftIn({ where: 'planted', content })).toBe(true);
    const places = filesUnder(rig.dataDir);
    expect(places.filter(({ where }) => where.startsWith(folder()))).toHaveLength(4);
    expect(places.filter(isLeftIn).map(({ where }) => where)).toEqual([]);
    const attested = await apply.attest();
    const outcome = await apply.submit(attested.captures);
    if (outcome.state !== 'accepted') expect.fail(outcome.state);
    const { application } = await orderOf(outcome.receiptNumber);
    expect(application?.captures).toHaveLength(4);
    expect(application?.captures).toContain(face.captureId);
    const [check] = application?.identityChecks ?? [];
    expect(check?.likeness).toEqual({ method: LIKENESS_METHOD, outcome: 'alike' });
    expect(check?.headTilt).toBe(true);
    expect(check?.pictures).toContainEqual({ side: 'face', captureId: face.captureId });
    expect([...rig.logs, ...rig.centralLogs].join('\n')).not.toMatch(/alike|likeness|descriptor/);
  });

  it('is looked for only where it can be seen, and gone with the front that it was compared with', async () => {
    const apply = await begin('goro');
    await apply.take('front', frontOf('aoi'));
    asked.length = 0;
    const scene = {
      width: 640,
      height: 480,
      cards: [],
      faces: [{ person: 'aoi', x: 0.5, y: 0.45, size: 0.22 }],
    } as const;
    for (const [flaw, more] of [
      ['dark', { light: 0.1 }],
      ['blurred', { blur: 6 }],
    ] as const) {
      const refused = apply.take('face', pictureOf({ ...scene, ...more }));
      await expect(refused).rejects.toMatchObject({ code: 'NO_GOOD_FACE', data: { flaw } });
    }
    expect(asked).not.toContain('faces');
    compare = () => Promise.resolve(ok([Buffer.from('alike')]));
    await apply.take('face', facePicture(['aoi']));
    await apply.take('front', frontOf('ken'));
    expect((await apply.taken()).map(({ shows }) => shows.side)).toEqual(['front']);
  });

  it('isn’t kept where the customer decides against it, be it while it is compared', async () => {
    const apply = await begin('rokuro');
    const before = files();
    await apply.take('front', frontOf('aoi'));
    compare = () => Promise.resolve(ok([Buffer.from('alike')]));
    await apply.take('face', facePicture(['aoi']));
    expect(files()).toBe(before + 2);
    await apply.discardFace();
    expect(files()).toBe(before + 1);
    compare = async () => {
      await apply.discardFace();
      return ok([Buffer.from('alike')]);
    };
    await expect(apply.take('face', facePicture(['aoi']))).rejects.toMatchObject({ code: 'NOT_WANTED' });
    await apply.take('thickness', documentPicture('thickness'));
    await apply.take('back', documentPicture('back'));
    expect((await apply.taken()).map(({ shows }) => shows.side)).toEqual(['front', 'thickness', 'back']);
    expect(files()).toBe(before + 3);
    const outcome = await apply.submit((await apply.attest()).captures);
    if (outcome.state !== 'accepted') expect.fail(outcome.state);
    const { application } = await orderOf(outcome.receiptNumber);
    expect(application?.captures).toHaveLength(3);
    const [check] = application?.identityChecks ?? [];
    expect(check?.pictures?.map(({ side }) => side)).toEqual(['front', 'thickness', 'back']);
    expect(check?.likeness).toBeUndefined();
    expect(check?.headTilt).toBeUndefined();
  });

  it('is gone with its document, and so is a picture of that which is being looked at', async () => {
    const apply = await begin('hanako');
    const before = files();
    await apply.take('front', frontOf('aoi'));
    for (const kind of ['faces', 'judge'] as const) {
      const during: Draw = async (job) => {
        if (job.kind === kind) await apply.discard();
        return job.kind === 'faces' ? ok([Buffer.from('alike')]) : drawHere(job);
      };
      compare = during;
      judge = during;
      const late =
        kind === 'faces' ? apply.take('face', facePicture(['aoi'])) : apply.take('back', documentPicture('back'));
      await expect(late).rejects.toMatchObject({ code: 'NOT_WANTED' });
    }
    judge = drawHere;
    expect(await apply.taken()).toEqual([]);
    expect(files()).toBe(before);
    await apply.take('front', frontOf('aoi'));
    // What is erased of one person stops no other's.
    compare = async () => {
      await apply.discardFace('user');
      return ok([Buffer.from('alike')]);
    };
    expect(await apply.take('face', facePicture(['aoi']))).toMatchObject({ likeness: 'alike' });
  });

  it('is looked for no more where it was taken back while its head was tilted', async () => {
    const apply = await begin('jiro');
    await apply.take('front', frontOf('aoi'));
    compare = () => Promise.resolve(ok([Buffer.from('alike')]));
    const { captureId } = await apply.take('face', facePicture(['aoi']));
    compare = async () => {
      await apply.discardFace();
      return ok([Buffer.from('tilted')]);
    };
    await expect(apply.tilt(captureId, facePicture(['aoi']))).rejects.toMatchObject({ code: 'NOT_WANTED' });
    expect((await apply.taken()).map(({ shows }) => shows.side)).toEqual(['front']);
  });

  it('stops nobody where it can’t be compared', async () => {
    const apply = await begin('saburo');
    await apply.take('front', frontOf('aoi'));
    compare = () => Promise.resolve(err('not-drawn'));
    const face = await apply.take('face', facePicture(['aoi']));
    expect(face).toMatchObject({ likeness: 'not-compared' });
    await expect(apply.tilt(face.captureId, facePicture(['aoi'], 0.22, 20))).rejects.toMatchObject({
      code: 'NOT_SEEN',
    });
    expect((await apply.taken()).at(-1)?.tilt?.isSeen).toBe(null);
    await apply.take('thickness', documentPicture('thickness'));
    await apply.take('back', documentPicture('back'));
    expect((await apply.attest()).captures).toHaveLength(4);
  });

  it('that can’t be read any more takes nothing else with it', async () => {
    const apply = await begin('shichiro');
    const { captureId: front } = await apply.take('front', frontOf('aoi'));
    compare = () => Promise.resolve(ok([Buffer.from('alike')]));
    const before = names();
    await apply.take('face', facePicture(['aoi']));
    const [file = ''] = names().filter((name) => !before.includes(name));
    await apply.take('thickness', documentPicture('thickness'));
    await apply.take('back', documentPicture('back'));
    writeFileSync(join(folder(), file), 'rotten');
    const { captures } = await apply.attest();
    expect(captures).toHaveLength(3);
    expect(captures).toContain(front);
    const outcome = await apply.submit(captures);
    if (outcome.state !== 'accepted') expect.fail(outcome.state);
    const [check] = (await orderOf(outcome.receiptNumber)).application?.identityChecks ?? [];
    expect(check).toMatchObject({ evidence: 'picture' });
    expect(check?.pictures?.map(({ side }) => side)).toEqual(['front', 'thickness', 'back']);
    expect(check?.likeness).toBeUndefined();
  });
});
