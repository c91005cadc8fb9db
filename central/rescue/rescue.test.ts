import { createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rescue } from '../../electron/browser-host/rescue.ts';
import type { Capture } from '../../electron/backend/captures/capture-store.ts';
import { pngOf } from '../../electron/backend/testing/pictures.ts';
import { RESCUE_RSA, rescuedKey } from '../../electron/backend/testing/rescued-key.ts';
import { CAPTURE_LIMITS } from '../../shared/central-api/captures.ts';
import { anApplication, enqueued, openOutbox } from '../../electron/backend/testing/sync-rig.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { rescueKeyId } from '../identity/rescue-key.ts';
import { call, type FrozenOrder, orderFor, postOrder, type Session, signIn } from '../testing/client.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { importRescueFile } from './import-rescue-file.ts';

const course = { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };
const plan = { plan: 'bundle.hikari-triple-2g' };

/** Of a wrapping to central's key of 3,072 bits. */
const RSA_BYTES = 384;

/** More than a part. */
const picture = { mediaType: 'image/png', content: pngOf(CAPTURE_LIMITS.partBytes) } as const;

let central: TestCentral;
let token: string;
let folder: string;
let sent: { session: Session; order: FrozenOrder };
let unsent: { session: Session; order: FrozenOrder };

beforeAll(async () => {
  central = await startTestCentral(await createAnyDatabase('rescue'));
  token = await central.tokens.forOperator(['operator']);
  folder = mkdtempSync(join(tmpdir(), 'rescue-'));
  const applied = async (id: string, procedure: 'plan.recommended' | 'internet.change-course', answers: object) => {
    const session = await signIn(central.url, id);
    const order = await orderFor(central.url, session, procedure, { ...answers }, central.clocks.business());
    return { session, order };
  };
  sent = await applied('taro@example.jp', 'plan.recommended', plan);
  unsent = await applied('jiro@example.jp', 'internet.change-course', course);
  // A terminal that broke: what it sent last it got no answer to, and the other one never left.
  const { db, outbox, captures } = openOutbox({ dataDir: join(folder, 'terminal') });
  const publicKey = createPublicKey(readFileSync(keyFile(), 'utf8'));
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const rescueKey = { id: rescueKeyId(publicKey), publicKey };
  const kept = expectOk<Capture>(captures.keep({ applicationId: unsent.order.externalId, picture, rescueKey }));
  Object.assign(unsent.order.application, { captures: [kept.hash] });
  for (const { session, order } of [sent, unsent]) {
    enqueued(
      outbox,
      anApplication(pem, {
        applicationId: order.externalId,
        customerNumber: session.customerNumber,
        grant: session.submissionGrant,
        rescueKey,
        freeze: () => JSON.stringify(order),
      }),
    );
  }
  outbox.advance({ settle: [], start: 1, skip: () => false });
  expect((await postOrder(central.url, sent.session, sent.order)).status).toBe(201);
  outbox.strand();
  // The first was taken before the program was updated.
  const id = sent.order.externalId;
  const now = db.prepare<[string], Buffer>('select rescue_wrapped_key from outbox where id = ?').pluck().get(id);
  db.prepare('update outbox set rescue_wrapped_key = ? where id = ?').run(wrappedAsBefore(now, id), id);
  db.close();
});
afterAll(async () => {
  await central.dispose();
  rmSync(folder, { recursive: true });
});

/** The data key by RSA itself. */
function wrappedAsBefore(wrapped: Buffer | undefined, id: string): Buffer {
  if (wrapped === undefined) throw new Error('no application');
  const key = readFileSync(keyFile(), 'utf8');
  return publicEncrypt({ key, ...RESCUE_RSA }, rescuedKey(wrapped, id, { key, rsaBytes: RSA_BYTES }));
}

const keyFile = (): string => join(central.dataDirectory, 'rescue-key.pem');
const exported = (name: string): string => {
  const out = join(folder, name);
  const done = rescue(['--data', join(folder, 'terminal'), '--out', out], central.clocks.system);
  if (!done.ok) throw new Error(done.error);
  expect(JSON.parse(done.value)).toMatchObject({ applications: 2 });
  return out;
};
const imported = (file: string, key = keyFile()) =>
  importRescueFile({ file, keyFile: key, central: central.url, token });
const ordersOf = async ({ order }: typeof sent): Promise<unknown> =>
  (await call(`${central.url}${CENTRAL_PATHS.productOrder}?externalId=${order.externalId}`, { token })).json();

it('holds nothing that can be read without the key, and is not written over', () => {
  const file = exported('sealed.rescue');
  const text = readFileSync(file, 'utf8');
  for (const { session, order } of [sent, unsent]) {
    for (const secret of [session.customerNumber, session.submissionGrant, order.application.procedureId]) {
      expect(text).not.toContain(secret);
    }
  }
  expect(rescue(['--data', join(folder, 'terminal'), '--out', file], Date.now).ok).toBe(false);
  const nowhere = rescue(['--data', join(folder, 'nowhere'), '--out', join(folder, 'x')], Date.now);
  expect(nowhere.ok ? '' : nowhere.error).toMatch(/no terminal/);
  expect(rescue(['--data', folder], Date.now).ok).toBe(false);
});

it('is refused whole when it is foreign, damaged or of another version, with the reason', async () => {
  const text = readFileSync(exported('good.rescue'), 'utf8');
  const [header = '', first = '', second = ''] = text.split('\n');
  const other = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
  const otherKey = join(folder, 'other.pem');
  writeFileSync(otherKey, other.export({ type: 'pkcs8', format: 'pem' }));
  const refusedFor = async (content: string, key?: string): Promise<string> => {
    const file = join(folder, 'refused.rescue');
    writeFileSync(file, content);
    const answer = await imported(file, key);
    return answer.ok ? 'taken' : answer.error;
  };
  expect(await refusedFor(text, otherKey)).toMatch(/sealed for the rescue key/);
  expect(await refusedFor('{"orders":[]}\n')).toMatch(/no rescue file/);
  expect(await refusedFor('')).toMatch(/no rescue file/);
  expect(await refusedFor(text.replace('"version":3', '"version":4'))).toMatch(/version 4/);
  expect(await refusedFor(`${header}\n${first}\n`)).toMatch(/damaged/);
  expect(await refusedFor(text.slice(0, -20))).toMatch(/damaged/);
  expect(await refusedFor(`${header}\n${second}\n${first}\n`)).toMatch(/damaged/);
  expect(await refusedFor(text, join(folder, 'no-such.pem'))).toMatch(/cannot use/);
  expect(await ordersOf(unsent)).toEqual([]);
});

it('brings in what central lacks, counts what it knows, and doubles nothing, whoever comes second', async () => {
  const revocation = await call(`${central.url}${CENTRAL_PATHS.operatorTerminal}/T01/revocation`, {
    token,
    method: 'POST',
  });
  expect(revocation.status, revocation.text).toBe(200);
  const file = exported('import.rescue');
  expect(await imported(file)).toEqual({ ok: true, value: { applications: 2, taken: 1, known: 1, refused: [] } });
  expect(await imported(file)).toMatchObject({ ok: true, value: { taken: 0, known: 2 } });
  for (const application of [sent, unsent]) expect(await ordersOf(application)).toHaveLength(1);
  const [hash = ''] = unsent.order.application.captures ?? [];
  expect(await ordersOf(unsent)).toMatchObject([{ state: 'acknowledged', application: { terminalCode: 'T01' } }]);
  const seen = await fetch(`${central.url}${CENTRAL_PATHS.operatorCapture}/${unsent.order.externalId}/${hash}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(Buffer.from(await seen.arrayBuffer()).equals(picture.content)).toBe(true);
});

it('is for operators only, and stops where central does', async () => {
  const body = { body: JSON.stringify(unsent.order), submissionGrant: unsent.session.submissionGrant };
  for (const scope of ['tmf.read', 'tmf.write'] as const) {
    const answer = await call(`${central.url}${CENTRAL_PATHS.operatorRescue}`, {
      token: await central.tokens.forOperator([scope]),
      body,
    });
    expect(answer.status).toBe(403);
  }
  expect((await call(`${central.url}${CENTRAL_PATHS.operatorRescue}`, { token, body: { body: '{}' } })).status).toBe(
    400,
  );
  const nowhere = { file: exported('late.rescue'), keyFile: keyFile(), central: 'http://127.0.0.1:9', token };
  const stopped = await importRescueFile(nowhere);
  expect(stopped.ok ? '' : stopped.error).toMatch(/can be repeated/);
});
