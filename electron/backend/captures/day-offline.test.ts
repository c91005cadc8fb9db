import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../../shared/central-api/product-order.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import type { CustomerFacts } from '../../../shared/domain/contract.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { DOCUMENT_SIDES, type IdentityPolicy, type SeenDocument } from '../../../shared/domain/identity-policy.ts';
import { loadPolicy } from '../identity/load-policy.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { documentPicture } from '../testing/pictures.ts';
import { CAPTURE_FOLDER } from './capture-store.ts';

const APPLICATIONS = 20;
const STAFF = { number: '1001', pin: '248163' };
/** For somebody else of the household, so that two persons show their documents. */
const ANSWERS: Draft = {
  ...{ plan: 'voice', volume: 'mobile.voice-6gb', calls: 'basic', fiveG: 'off', voicemail: 'no', set: 'sim-only' },
  ...{ handset: 'other', simSize: 'nano', accessory: 'no', support: 'no', filtering: 'no', numbering: 'new' },
  ...{ contractorBornOn: '1985-01-02', relation: 'spouse', bornOn: '1986-02-03' },
  ...{ familyKana: 'ミホン', givenKana: 'ハナコ' },
};
const BORN_ON = { contractor: '1985-01-02', user: '1986-02-03' } as const;
const SUBJECTS = (['contractor', 'user'] as const).flatMap((person) =>
  DOCUMENT_SIDES.map((side) => ({ person, document: 'drivers-licence', side }) as const),
);
const PICTURES = SUBJECTS.map((shows, at) => ({ shows, content: documentPicture(shows.side, at) }));
const SEEN = (['contractor', 'user'] as const).map(
  (person): SeenDocument => ({
    ...{ person, evidence: 'picture', document: 'drivers-licence', sides: [...DOCUMENT_SIDES], supplementary: false },
    ...{ agrees: ['name', 'address'], says: { bornOn: BORN_ON[person] }, override: null },
  }),
);

const shipped = loadPolicy(RESOURCES_DIR);
if (!shipped.ok) throw new Error(shipped.error.code);
/** Of an operator who wants both sides of each document and no edge. */
const POLICY: IdentityPolicy = {
  version: 'both-sides',
  ways: shipped.value.ways.map((way) => ({
    ...way,
    documents: way.documents.map(({ document, sides, supplementary }) => ({ document, sides, supplementary })),
  })),
};
const DAY_MS = 24 * 60 * 60 * 1000;

let rig: CounterRig;
let passedMs = 0;
const businessNow = (): number => Date.now() + passedMs;

beforeAll(async () => {
  rig = await startCounter(businessNow, undefined, undefined, undefined, POLICY);
}, 120_000);
afterAll(() => rig.close());

const files = (): string[] => readdirSync(join(rig.dataDir, CAPTURE_FOLDER));

it('20 applications with four pictures each wait for a day, and all of it arrives', async () => {
  const staffSessionId = await rig.signIn();
  await rig.stopCentral();
  const made = new Map<string, Map<string, Buffer>>();
  for (let at = 0; at < APPLICATIONS; at += 1) {
    const who = { customerNumber: `100000000${1 + (at % 7)}`, identityMethod: 'drivers-licence' } as const;
    const { sessionId } = await rig.client.staff.openUnverified({ staffSessionId, ...who });
    // As the page does: staff who aren't heard of for half a minute are gone.
    await rig.client.terminal.heartbeat({ sessionId, staffSessionId });
    const { applicationId, pictures } = await take(sessionId);
    await apply(sessionId, applicationId);
    made.set(applicationId, pictures);
    // Somebody else leaves in the middle of it: what was taken is gone with the session.
    if (at === 3) await take(sessionId);
    await rig.client.session.end({ sessionId });
  }
  expect(files()).toHaveLength(APPLICATIONS * PICTURES.length);
  const first = [...made.values()][0]?.values().next().value;
  if (first === undefined) throw new Error('nothing was taken');
  const inTheClear = first.subarray(100, 140);
  for (const file of files()) {
    expect(readFileSync(join(rig.dataDir, CAPTURE_FOLDER, file)).includes(inTheClear)).toBe(false);
  }

  passedMs = DAY_MS;
  await rig.startCentral(businessNow());
  const orders = await eventually(async () => {
    const found = await read(`${CENTRAL_PATHS.productOrder}?limit=1000`);
    const own = z
      .array(productOrderSchema)
      .parse(await found.json())
      .filter(({ externalId }) => made.has(externalId ?? ''));
    expect(own).toHaveLength(APPLICATIONS);
    return own;
  });
  for (const { externalId = '', application, note } of orders) {
    // Taken by staff who had no central: somebody there looks at the pictures.
    expect(note).toMatchObject([{ text: 'identity-check' }]);
    const pictures = made.get(externalId) ?? new Map<string, Buffer>();
    expect(application?.captures?.toSorted()).toEqual([...pictures.keys()].toSorted());
    for (const [hash, content] of pictures) {
      const seen = await read(`${CENTRAL_PATHS.operatorCapture}/${externalId}/${hash}`);
      expect(Buffer.from(await seen.arrayBuffer()).equals(content)).toBe(true);
    }
  }
}, 120_000);

it('takes five lines of a household while central is away, and no sixth (p.96)', async () => {
  const staffSessionId = await rig.signIn();
  await rig.stopCentral();
  const who = { customerNumber: '1000000008', identityMethod: 'drivers-licence' } as const;
  const begin = async () => {
    const { sessionId } = await rig.client.staff.openUnverified({ staffSessionId, ...who });
    return { sessionId, applicationId: (await take(sessionId)).applicationId };
  };
  for (let line = 1; line <= 5; line += 1) {
    const { sessionId, applicationId } = await begin();
    await apply(sessionId, applicationId);
    await rig.client.session.end({ sessionId });
  }
  const { sessionId, applicationId } = await begin();
  // As a page that knows of none of them.
  const sixth = apply(sessionId, applicationId, { kind: 'unknown', customerNumber: who.customerNumber });
  await expect(sixth).rejects.toMatchObject({ code: 'NOT_AVAILABLE', data: { reason: 'five-lines' } });
}, 120_000);

async function take(sessionId: string): Promise<{ applicationId: string; pictures: Map<string, Buffer> }> {
  const applicationId = uuidv7();
  const pictures = new Map<string, Buffer>();
  await rig.client.captures.begin({ sessionId, applicationId });
  for (const { shows, content } of PICTURES) {
    const picture = new File([content], 'picture');
    const { captureId } = await rig.client.captures.keep({ sessionId, applicationId, shows, picture });
    pictures.set(captureId, content);
  }
  return { applicationId, pictures };
}

async function apply(sessionId: string, applicationId: string, knownThere?: CustomerFacts): Promise<void> {
  const procedure = await loadProcedure('mobile.apply');
  const { catalog } = await rig.client.catalog.get();
  const facts = knownThere ?? (await rig.client.session.view({ sessionId })).facts;
  const context = { catalog, facts, ...timesAt(businessNow()) };
  const shown = procedure.quote(context, ANSWERS);
  if (!shown.ok) throw new Error(JSON.stringify(shown.error));
  const terms = await rig.client.terms.get({ ids: [...procedure.termsFor(context, ANSWERS)], language: 'ja' });
  const of = { sessionId, applicationId, procedureId: procedure.id, answers: ANSWERS };
  const { captures } = await rig.client.identity.attest({ ...of, ...STAFF, seen: SEEN });
  const outcome = await rig.client.applications.submit({
    ...{ ...of, shownQuote: shown.value, language: 'ja', captures },
    terms: terms.map(({ id, version }) => ({ id, version })),
  });
  expect(outcome.state).toBe('queued');
}

async function read(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await rig.operatorToken()}` };
  return fetch(new URL(path, rig.central), { headers });
}
