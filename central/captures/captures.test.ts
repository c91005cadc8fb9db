import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAPTURE_ERRORS, CAPTURE_LIMITS, captureStateSchema } from '../../shared/central-api/captures.ts';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { rescuedAnswerSchema } from '../../shared/central-api/rescue.ts';
import { signInResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import type { IdentityCheck, Photographed } from '../../shared/domain/identity-policy.ts';
import { isIn, needlesOfBytes } from '../../tests/canaries/forms.ts';
import { databasePlaces, filesUnder } from '../../tests/canaries/places.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, orderFor, postOrder, type Session, signIn } from '../testing/client.ts';
import { staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

const THIRTY_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('pictures of an application, on %s', (store) => {
  let central: TestCentral;
  let session: Session;
  /** null: PGlite's, in central's folder. */
  let databaseUrl: string | null;

  beforeAll(async () => {
    databaseUrl = store === 'postgres' ? await createTestDatabase('captures') : null;
    central = await startTestCentral(databaseUrl);
    session = await signIn(central.url, 'goro@example.jp');
  });
  afterAll(() => central.dispose());

  const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
  const grant = (): Record<string, string> => ({ 'submission-grant': session.submissionGrant });
  const at = (id: string, hash: string, path = ''): string =>
    `${central.url}${CENTRAL_PATHS.captures}/${id}/${hash}${path}`;
  const declare = (id: string, content: Buffer, token = session.terminalToken): Promise<Answer> =>
    call(at(id, hashOf(content)), {
      ...{ method: 'PUT', token, headers: grant() },
      body: { bytes: content.length, mediaType: 'image/jpeg' },
    });
  const part = (id: string, hash: string, offset: number, content: Buffer, token = session.terminalToken) =>
    call(at(id, hash, '/parts'), { token, headers: grant(), body: { offset, base64: content.toString('base64') } });
  const standing = async (id: string, hash: string) => {
    const answer = await call(at(id, hash), { token: session.terminalToken, headers: grant() });
    expect(answer.status, answer.text).toBe(200);
    return captureStateSchema.parse(answer.json());
  };
  const bring = async (id: string, content: Buffer): Promise<string> => {
    expect((await declare(id, content)).status).toBe(200);
    const hash = hashOf(content);
    const answer = await part(id, hash, 0, content);
    expect(captureStateSchema.parse(answer.json()).complete).toBe(true);
    return hash;
  };
  const refused = (answer: Answer, status: number, code: string): void => {
    expect([answer.status, tmfErrorSchema.parse(answer.json()).code]).toEqual([status, code]);
  };
  const read = async (id: string, hash: string, scope: 'operator' | 'tmf.write' = 'operator'): Promise<Response> =>
    fetch(`${central.url}${CENTRAL_PATHS.operatorCapture}/${id}/${hash}`, {
      headers: { authorization: `Bearer ${await central.tokens.forOperator([scope])}` },
    });

  it('come in parts cut anywhere, with a restart in the middle, before the order that names them', async () => {
    const now = central.clocks.business();
    const plain = await orderFor(central.url, session, 'phone.apply', {}, now);
    const id = plain.externalId;
    const content = randomBytes(CAPTURE_LIMITS.partBytes + 12_345);
    const hash = hashOf(content);
    const order = { ...plain, application: { ...plain.application, captures: [hash] } };
    refused(await postOrder(central.url, session, order), 409, CAPTURE_ERRORS.missing);

    expect(captureStateSchema.parse((await declare(id, content)).json())).toMatchObject({ received: 0 });
    const cut = 77_777;
    expect((await part(id, hash, 0, content.subarray(0, cut))).status).toBe(200);
    refused(await postOrder(central.url, session, order), 409, CAPTURE_ERRORS.missing);
    central = await central.restart();
    const { received } = await standing(id, hash);
    expect(received).toBe(cut);
    await part(id, hash, received, content.subarray(received, received + 400_000));
    const rest = (await standing(id, hash)).received;
    const last = await part(id, hash, rest, content.subarray(rest));
    expect(captureStateSchema.parse(last.json())).toEqual({
      ...{ hash, bytes: content.length, received: content.length, complete: true },
    });
    // A repeat changes nothing.
    expect((await part(id, hash, rest, content.subarray(rest))).text).toBe(last.text);
    expect((await declare(id, content)).text).toBe(last.text);

    const { id: orderId } = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
    const seen = await read(id, hash);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(await seen.arrayBuffer()).equals(content)).toBe(true);
    expect((await read(id, hash, 'tmf.write')).status).toBe(403);
    const operator = await central.tokens.forOperator(['tmf.write']);
    const cancelled = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${orderId}`, {
      ...{ token: operator, method: 'PATCH', body: { state: 'cancelled' } },
    });
    expect(cancelled.status, cancelled.text).toBe(200);
    expect((await read(id, hash)).status).toBe(404);
    expect((await postOrder(central.url, session, order)).status).toBe(201);
  });

  it('lie nowhere as they came, while they are needed and after', async () => {
    const content = randomBytes(20_000);
    const id = uuidv7();
    const hash = await bring(id, content);
    // A database cuts what is long into pages.
    const stretches = [500, 5_000, 15_000].map((at) => content.subarray(at, at + 48));
    const needles = stretches.flatMap((stretch) => needlesOfBytes('picture', stretch));
    const places = async () =>
      databaseUrl === null ? filesUnder(central.dataDirectory) : await databasePlaces(databaseUrl);
    const found = (await places()).filter((place) => needles.some((needle) => isIn(place.content, needle)));
    expect(found.map(({ where }) => where)).toEqual([]);
    expect(Buffer.from(await (await read(id, hash)).arrayBuffer()).equals(content)).toBe(true);
  });

  it('are whole whatever the parts were (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 64 }),
        async (bytes, length) => {
          const [id, content] = [uuidv7(), Buffer.from(bytes)];
          const hash = hashOf(content);
          await declare(id, content);
          for (let { received, complete } = await standing(id, hash); !complete; ) {
            const answer = await part(id, hash, received, content.subarray(received, received + length));
            ({ received, complete } = captureStateSchema.parse(answer.json()));
          }
          const seen = await read(id, hash);
          expect(Buffer.from(await seen.arrayBuffer()).equals(content)).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('that are not what their hash says are forgotten and taken again', async () => {
    const [id, content] = [uuidv7(), randomBytes(1_000)];
    const hash = hashOf(content);
    await declare(id, content);
    refused(await part(id, hash, 0, randomBytes(1_000)), 422, CAPTURE_ERRORS.hash);
    expect(await standing(id, hash)).toMatchObject({ received: 0, complete: false });
    refused(await part(id, hash, 1, content.subarray(1)), 409, CAPTURE_ERRORS.offset);
    const twice = await Promise.all([
      part(id, hash, 0, content.subarray(0, 9)),
      part(id, hash, 0, content.subarray(0, 9)),
    ]);
    expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(captureStateSchema.parse((await part(id, hash, 9, content.subarray(9))).json()).complete).toBe(true);
  });

  it('have limits of size and number', async () => {
    const [id, content] = [uuidv7(), randomBytes(100)];
    const hash = hashOf(content);
    const put = (bytes: unknown, mediaType: unknown = 'image/png') =>
      call(at(id, hash), { method: 'PUT', token: session.terminalToken, headers: grant(), body: { bytes, mediaType } });
    for (const bytes of [0, -1, 1.5, '100', CAPTURE_LIMITS.bytes + 1]) expect((await put(bytes)).status).toBe(400);
    expect((await put(100, 'image/svg+xml')).status).toBe(400);
    expect((await put(100)).status).toBe(200);
    refused(await put(101), 409, 'capture-differs');
    refused(await part(id, hash, 0, randomBytes(101)), 422, 'capture-part');
    expect((await part(id, hash, 0, randomBytes(CAPTURE_LIMITS.partBytes + 3))).status).toBe(400);
    for (let more = 1; more < CAPTURE_LIMITS.ofApplication; more += 1) {
      expect((await declare(id, randomBytes(10))).status).toBe(200);
    }
    refused(await declare(id, randomBytes(10)), 422, 'too-many-captures');
  });

  it('are the own terminal’s only, brought with what authorises its applications', async () => {
    const [id, content] = [uuidv7(), randomBytes(50)];
    const hash = await bring(id, content);
    const other = await tokenOfAnother(central.url);
    const asked = [
      await call(at(id, hash), { token: other, headers: grant() }),
      await declare(id, content, other),
      await part(id, hash, 0, content, other),
      await call(at(id, hash), { token: session.terminalToken }),
      await call(at(id, hash), { token: session.accessToken, headers: grant() }),
      await call(at(id, hash), { token: session.terminalToken, headers: { 'submission-grant': 'forged' } }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    const there = await call(`${central.url}${CENTRAL_PATHS.signIn}`, {
      token: other,
      body: { loginId: 'goro@example.jp', password: 'Counter2026', sessionId: randomUUID() },
    });
    const { submissionGrant } = signInResponseSchema.parse(there.json());
    const withOwn = { token: other, headers: { 'submission-grant': submissionGrant } };
    const declared = { method: 'PUT', body: { bytes: 50, mediaType: 'image/jpeg' } };
    const more = { body: { offset: 0, base64: content.toString('base64') } };
    for (const answer of [
      await call(at(id, hash), withOwn),
      await call(at(id, hash), { ...withOwn, ...declared }),
      await call(at(id, hash, '/parts'), { ...withOwn, ...more }),
    ]) {
      expect(answer.status, answer.text).toBe(404);
    }
    for (const path of [`x/${hash}`, `${id}/${hash.toUpperCase()}`, `${uuidv7()}/${hash}`]) {
      const answer = await call(`${central.url}${CENTRAL_PATHS.captures}/${path}`, {
        ...{ token: session.terminalToken, headers: grant() },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const foreign = await orderFor(central.url, session, 'phone.apply', {}, central.clocks.business());
    const naming = { ...foreign, application: { ...foreign.application, captures: [hash] } };
    refused(await postOrder(central.url, session, naming), 409, CAPTURE_ERRORS.missing);
    // Of a terminal that broke they never come: staff check who it is.
    const operator = await central.tokens.forOperator(['operator']);
    const rescued = await call(`${central.url}${CENTRAL_PATHS.operatorRescue}`, {
      token: operator,
      body: { body: JSON.stringify(naming), submissionGrant: session.submissionGrant },
    });
    expect(rescued.status, rescued.text).toBe(201);
    const { orderId } = rescuedAnswerSchema.parse(rescued.json());
    const order = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${orderId}`, { token: operator });
    expect(order.json()).toMatchObject({ state: 'held', note: [{ text: 'identity-check' }] });
  });

  it('are gone, and not kept again, when the shop took the application back before it came', async () => {
    const plain = await orderFor(central.url, session, 'phone.apply', {}, central.clocks.business());
    const id = plain.externalId;
    const hash = await bring(id, randomBytes(50));
    const half = randomBytes(60);
    await declare(id, half);
    await part(id, hashOf(half), 0, half.subarray(0, 30));
    const order = { ...plain, application: { ...plain.application, captures: [hash, hashOf(half)] } };
    const staff = await staffSignIn(central.url);
    const withdrawn = await call(`${central.url}${CENTRAL_PATHS.staffWithdrawals}`, {
      ...{ token: staff.accessToken, body: { body: JSON.stringify(order), reason: 'customer-wish' } },
    });
    expect(withdrawn.status, withdrawn.text).toBe(200);
    const never = randomBytes(70);
    const told = [await part(id, hashOf(half), 30, half.subarray(30)), await declare(id, never)];
    expect(told.map((answer) => captureStateSchema.parse(answer.json()).complete)).toEqual([true, true]);
    for (const one of [hash, hashOf(half), hashOf(never)]) expect((await read(id, one)).status).toBe(404);
    expect(productOrderSchema.parse((await postOrder(central.url, session, order)).json()).state).toBe('cancelled');
  });

  it('whose application never comes are erased after thirty days', async () => {
    const id = uuidv7();
    const hash = await bring(id, randomBytes(50));
    central.clocks.advance(THIRTY_DAYS_MS + 1);
    expect((await read(id, hash)).status).toBe(200);
    central.timers.fire();
    await eventually(async () => expect((await read(id, hash)).status).toBe(404));
  });

  it('prove nobody’s identity where one is missing that the policy wants; a face may come with them', async () => {
    const answers = {
      ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
      ...{ contractorBornOn: '1985-01-02', relation: 'self', contactNumber: '08012345678' },
    };
    // A month on, the policy of 28 November holds.
    session = await signIn(central.url, 'goro@example.jp');
    const now = central.clocks.business();
    const judged = async (kinds: readonly Photographed[], likeness?: IdentityCheck['likeness']) => {
      const plain = await orderFor(central.url, session, 'mobile.apply', answers, now);
      const pictures: { side: Photographed; captureId: string }[] = [];
      for (const side of kinds) pictures.push({ side, captureId: await bring(plain.externalId, randomBytes(99)) });
      const check: IdentityCheck = {
        ...{ person: 'contractor', evidence: 'picture', document: 'drivers-licence', sides: ['front', 'back'] },
        ...{ supplementary: false, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'], pictures },
        ...{ staffNumber: '1001', checkedAt: new Date(now).toISOString(), policyVersion: '2026-11-28.1' },
        ...(likeness === undefined ? {} : { likeness }),
      };
      const captures = pictures.map(({ captureId }) => captureId);
      const order = { ...plain, application: { ...plain.application, captures, identityChecks: [check] } };
      const { state, note } = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
      return [state, note?.[0]?.text];
    };
    expect(await judged(['front', 'back'])).toEqual(['held', 'identity-check']);
    expect(await judged(['front', 'thickness', 'back'])).not.toContain('identity-check');
    const unlike = { method: 'face-api 1.7.15', outcome: 'unlike' } as const;
    expect(await judged(['front', 'thickness', 'back', 'face'], unlike)).not.toContain('identity-check');
  });
});
