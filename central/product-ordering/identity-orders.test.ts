import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ApplicationExtension, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { addDays, businessDate } from '../../shared/domain/business-time.ts';
import type { Draft } from '../../shared/procedures/procedure.ts';
import { VOICE_LINE } from '../../tests/builders/mobile-lines.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, readCatalog, readCustomer, type Session, signIn } from '../testing/client.ts';
import { MANAGER, openCustomer, staffAttribution, staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

type Check = NonNullable<ApplicationExtension['identityChecks']>[number];

const DATA: Draft = {
  ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
  ...{ contractorBornOn: '1985-01-02', relation: 'self', contactNumber: '08012345678' },
};

const checkAt = (now: number, found: Partial<Check> = {}): Check => ({
  ...{ person: 'contractor', evidence: 'staff-eye', document: 'my-number-card', sides: ['front'] },
  ...{ supplementary: false, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'] },
  ...{ staffNumber: '1001', checkedAt: new Date(now).toISOString(), policyVersion: '2026-11-26.3' },
  ...found,
});

describe('the identity check of an application for a mobile line', () => {
  let central: TestCentral;
  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('identity-checks'));
  });
  afterAll(() => central.dispose());

  const move = async (id: string, state: string): Promise<string> => {
    const token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
    const url = `${central.url}${CENTRAL_PATHS.productOrder}/${id}`;
    const { status, text } = await call(url, { token, method: 'PATCH', body: { state } });
    return status === 200 ? state : `${status} ${z.looseObject({ code: z.string() }).parse(JSON.parse(text)).code}`;
  };
  /** @returns the state, or why it is held */
  const judged = async (
    session: Session,
    found: Partial<Check>,
    more: Partial<ApplicationExtension> = {},
    answers: Draft = DATA,
  ): Promise<string | undefined> => {
    const now = central.clocks.business();
    const body = await orderFor(central.url, session, 'mobile.apply', answers, now);
    const checked = { ...body, application: { ...body.application, identityChecks: [checkAt(now, found)], ...more } };
    const { id, state, note } = productOrderSchema.parse((await postOrder(central.url, session, checked)).json());
    if (state !== 'held') return state;
    // What waits makes the next one dearer.
    expect(await move(id, 'cancelled')).toBe('cancelled');
    return note?.map(({ text }) => text).join(' ');
  };

  it('holds it where nobody was identified as the policy wants, and lets nobody release it so', async () => {
    const session = await signIn(central.url, 'jiro@example.jp');
    const now = central.clocks.business();
    const order = await orderFor(central.url, session, 'mobile.apply', DATA, now);
    const held = productOrderSchema.parse((await postOrder(central.url, session, order)).json());
    expect(held).toMatchObject({ state: 'held', note: [{ text: 'identity-check' }] });
    // Nobody who works there.
    const taro = await signIn(central.url, 'taro@example.jp');
    expect(await judged(taro, { staffNumber: '7777' })).toBe('identity-check');
    // What the policy of the day wants compared was not, or differs where nobody may pass over it.
    expect(await judged(taro, { staffNumber: '1001', typed: [] })).toBe('identity-check');
    const override = { fields: ['address' as const], reason: 'moved' as const, note: '' };
    const passedOver = { staffNumber: '1001', agrees: ['name' as const, 'bornOn' as const], override };
    expect(await judged(taro, passedOver)).toBe('identity-check');
    expect(await judged(await signIn(central.url, 'hanako@example.jp'), { staffNumber: '1001' })).toBe('acknowledged');

    // Nobody releases it as it is: the check comes with a correction.
    const { accessToken: manager } = await staffSignIn(central.url, MANAGER);
    const path = `${central.url}${CENTRAL_PATHS.productOrder}/${held.id}`;
    const releases = [
      call(`${central.url}${CENTRAL_PATHS.staffOrders}/${held.id}/release`, { token: manager, method: 'POST' }),
      call(path, {
        token: await central.tokens.forOperator(['tmf.write']),
        method: 'PATCH',
        body: { state: 'inProgress' },
      }),
    ];
    for (const refused of await Promise.all(releases)) {
      expect([refused.status, refused.json()]).toMatchObject([409, { code: 'identity-check' }]);
    }
    // Nor by a way round: by what else it was held for, or by a cancellation that is refused.
    const dearer = await orderFor(central.url, taro, 'mobile.apply', DATA, now);
    const [first, ...others] = dearer.orderTotalPrice ?? [];
    const taxIncludedAmount = { unit: 'JPY', value: 1 };
    const shown = { ...first, price: { ...first?.price, taxIncludedAmount } };
    const changed = await postOrder(central.url, taro, { ...dearer, orderTotalPrice: [shown, ...others] });
    const unlike = productOrderSchema.parse(changed.json());
    expect(unlike).toMatchObject({ state: 'held', note: [{ text: 'price-changed' }] });
    const moves = [];
    for (const { id } of [unlike, held]) {
      for (const state of [
        'acknowledged',
        'assessingCancellation',
        'held',
        'inProgress',
        'assessingCancellation',
        'acknowledged',
      ]) {
        moves.push(await move(id, state));
      }
    }
    const refused = '409 identity-check';
    const once = [refused, 'assessingCancellation', 'held', refused, 'assessingCancellation', refused];
    expect(moves).toEqual([...once, ...once]);
    const staff = await staffSignIn(central.url);
    const counter = await openCustomer(central.url, staff, '1000000003');
    const attribution = staffAttribution(staff, counter.sessionId, false);
    const typed = { typed: ['name' as const, 'bornOn' as const] };
    // A number that is brought along wants all that is known to agree (p.95).
    const ported = {
      ...{ plan: 'voice', volume: 'mobile.voice-3gb', calls: 'basic', fiveG: 'off', voicemail: 'no', set: 'sim-only' },
      ...{ handset: 'other', simSize: 'nano', accessory: 'no', support: 'no', filtering: 'no' },
      ...{ contractorBornOn: '1985-01-02', relation: 'self', numbering: 'mnp', reservation: '0123456789' },
      ...{ expiresOn: addDays(businessDate(now), 12), portNumber: '08012345678', holder: 'same' },
    };
    const rokuro = await openCustomer(central.url, staff, '1000000007');
    const own = { attribution: staffAttribution(staff, rokuro.sessionId, false) };
    expect(await judged(rokuro, { ...passedOver, ...typed }, own, ported)).toBe('identity-check');
    expect(await judged(rokuro, { typed: ['name', 'address', 'bornOn'] }, own, ported)).toBe('acknowledged');
    expect(await judged(counter, { ...passedOver, ...typed }, { attribution, replaces: order.externalId })).toBe(
      'acknowledged',
    );
    const token = await central.tokens.forOperator(['tmf.read']);
    expect(productOrderSchema.parse((await call(path, { token })).json()).state).toBe('cancelled');
  });

  it('holds a child’s line without filtering unless the parent’s refusal was handed over in writing (p.91)', async () => {
    const child = {
      ...{ ...VOICE_LINE, relation: 'child', familyKana: 'ミホン', givenKana: 'ハナコ', bornOn: '2015-04-01' },
      ...{ filtering: 'no', refusal: 'in-writing' },
    };
    const session = await signIn(central.url, 'saburo@example.jp');
    const now = central.clocks.business();
    const withPapers = (papers: Check['papers'], answers: Draft = child) =>
      judged(session, {}, { identityChecks: [checkAt(now), checkAt(now, { person: 'user', papers })] }, answers);
    expect(await withPapers(undefined)).toBe('identity-check');
    expect(await withPapers([])).toBe('identity-check');
    expect(await withPapers(['filtering-refusal'])).toBe('acknowledged');
    const { refusal: _, ...filtered } = child;
    expect(await withPapers(undefined, { ...filtered, filtering: 'mobile.filtering' })).toBe('acknowledged');
  });

  it('takes five lines of a household, each at its own place, though terminals counted alike (p.96)', async () => {
    const session = await signIn(central.url, 'shichiro@example.jp');
    const catalog = await readCatalog(central.url, session.accessToken);
    const contracts = async () => (await readCustomer(central.url, session, catalog)).contracts;
    const lines = async () =>
      (await contracts())
        .filter(({ status }) => status === 'active')
        .flatMap(({ offeringId, characteristics }) => {
          const line = characteristics?.line;
          return line === undefined ? [] : [`${line} ${offeringId}`];
        })
        .toSorted();
    const before = await lines();
    const free = 5 - before.filter((line) => line.includes('mobile.data') || line.includes('mobile.voice-')).length;
    const now = central.clocks.business();
    const voice = {
      ...{ plan: 'voice', volume: 'mobile.voice-3gb', calls: 'basic', fiveG: 'off', voicemail: 'mobile.voicemail' },
      ...{ set: 'sim-only', handset: 'other', simSize: 'nano', accessory: 'no', support: 'no', filtering: 'no' },
      ...{ contractorBornOn: '1985-01-02', relation: 'self', numbering: 'new', contactNumber: '08012345678' },
    };
    const check = checkAt(now);
    const made = [];
    for (let nth = 0; nth <= free; nth += 1) {
      const body = await orderFor(central.url, session, 'mobile.apply', voice, now);
      made.push({ ...body, application: { ...body.application, identityChecks: [check] } });
    }
    const answers = [];
    for (const order of made) {
      answers.push(productOrderSchema.parse((await postOrder(central.url, session, order)).json()));
    }
    const sixth = answers.pop();
    expect(sixth).toMatchObject({ state: 'held', note: [{ text: 'conflict' }] });
    expect(answers.map(({ state }) => state)).toEqual(answers.map(() => 'acknowledged'));
    for (const { id } of answers)
      for (const state of ['inProgress', 'completed']) expect(await move(id, state)).toBe(state);
    const token = await central.tokens.forOperator(['tmf.read']);
    const last = await call(`${central.url}${CENTRAL_PATHS.productOrder}/${answers.at(-1)?.id}`, { token });
    const [plan] = productOrderSchema.parse(last.json()).productOrderItem;
    expect(plan?.product?.productCharacteristic).toContainEqual(expect.objectContaining({ name: 'line', value: '5' }));
    const places = ['1', '2', '3', '4', '5'].slice(5 - free);
    const added = places.flatMap((line) => [`${line} mobile.voice-3gb`, `${line} mobile.voicemail`]);
    expect(await lines()).toEqual([...before, ...added].toSorted());
  });

  it('takes the chip of a sample for proof in a demo alone', async () => {
    const session = await signIn(central.url, 'goro@example.jp');
    const key = generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey;
    const keyFile = join(central.dataDirectory, 'rescue.pem');
    writeFileSync(keyFile, key.export({ type: 'spki', format: 'pem' }));
    central = await central.withoutDemo(keyFile);
    const chip: Partial<Check> = { evidence: 'ic-chip', typed: ['name', 'address', 'bornOn'] };
    expect(await judged(session, { ...chip, simulated: true })).toBe('identity-check');
    expect(await judged(session, chip)).toBe('acknowledged');
  });
});
