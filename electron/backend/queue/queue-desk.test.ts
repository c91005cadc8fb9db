import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError, safe } from '@orpc/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { importRescueFile } from '../../../central/rescue/import-rescue-file.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { QueueDetail } from '../../../shared/contract/queue.ts';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { type Gateway, startGateway } from '../testing/gateway.ts';
import { eventually } from '../../../tests/setup/eventually.ts';

const MANAGER = { number: '9001', pin: '735192' };
const TARO = '1000000001';
const JIRO = '1000000003';
const plus = { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };
const wide = { ...plus, course: 'internet.wide' };

let counter: CounterRig;
let gateway: Gateway;
let staff: string;

beforeAll(async () => {
  counter = await startCounter(Date.now, async (central) => {
    gateway = await startGateway(central);
    return gateway.url;
  });
});
afterAll(async () => {
  await counter.close();
  await gateway.close();
});
beforeEach(async () => {
  staff = await counter.signIn();
});

const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
  const { error } = await safe(call);
  return error instanceof ORPCError && error.defined ? error.code : error;
};
const detail = (applicationId: string, staffSessionId = staff): Promise<QueueDetail> =>
  counter.client.queue.detail({ staffSessionId, applicationId });
const until = (applicationId: string, state: string): Promise<void> =>
  vi.waitFor(async () => expect((await detail(applicationId)).row.state).toBe(state), {
    timeout: 40_000,
    interval: 50,
  });

/** Goes through the procedure in an open session, as its page would. */
async function apply(sessionId: string, answers: Record<string, string>): Promise<string> {
  const { client } = counter;
  const { catalog } = await client.catalog.get();
  const { facts } = await client.session.view({ sessionId });
  const procedure = await loadProcedure('internet.change-course');
  const quote = procedure.quote({ catalog, facts, ...timesAt(Date.now()) }, answers);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  const terms = await client.terms.get({ ids: ['common', 'cable-internet', 'price-list'], language: 'ja' });
  const applicationId = uuidv7();
  await client.applications.submit({
    sessionId,
    applicationId,
    procedureId: procedure.id,
    answers,
    shownQuote: quote.value,
    terms: terms.map(({ id, version }) => ({ id, version })),
    language: 'ja',
  });
  return applicationId;
}

/** Taken by number while central was away: queued until it is back, then held for the identity check. */
async function takenWithoutCentral(customerNumber: string, ...answers: Record<string, string>[]): Promise<string[]> {
  await counter.stopCentral();
  const { sessionId } = await counter.client.staff.openUnverified({
    staffSessionId: staff,
    customerNumber,
    identityMethod: 'passport',
  });
  const ids: string[] = [];
  for (const one of answers) ids.push(await apply(sessionId, one));
  return ids;
}

/** As the operator's people do it, where the private key is. */
const bringIn = async (file: string) =>
  importRescueFile({
    file: join(counter.dataDir, file),
    keyFile: join(counter.centralData, 'rescue-key.pem'),
    central: counter.central.origin,
    token: await counter.operatorToken(),
  });

/** So that the next one finds nothing on its way to the same contracts. */
async function cancelAtCentral(applicationId: string): Promise<void> {
  const { orderId } = await detail(applicationId);
  const token = await counter.operatorToken();
  const patch = (state: string) =>
    fetch(new URL(`${CENTRAL_PATHS.productOrder}/${orderId ?? ''}`, counter.central), {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ state }),
    });
  if ((await patch('cancelled')).ok) return;
  for (const state of ['assessingCancellation', 'pendingCancellation', 'cancelled']) {
    expect((await patch(state)).status, state).toBe(200);
  }
}

it('is for staff at work only', async () => {
  const { client } = counter;
  const search = { text: '', procedureIds: [] };
  const list = { staffSessionId: staff, filter: 'all', search } as const;
  expect((await client.queue.list(list)).counts.all).toBeGreaterThanOrEqual(0);
  await client.staff.leave({ staffSessionId: staff });
  expect(await codeOf(client.queue.list(list))).toBe('STAFF_AWAY');
  expect(await codeOf(client.queue.rows({ staffSessionId: staff, keys: [1] }))).toBe('STAFF_AWAY');
  expect(await codeOf(client.queue.exportRescue({ staffSessionId: staff }))).toBe('STAFF_AWAY');
  await client.staff.signOut({ staffSessionId: staff });
  expect(await codeOf(client.queue.list(list))).toBe('STAFF_GONE');
  for (const action of ['detail', 'retry', 'release', 'reject'] as const) {
    expect(await codeOf(client.queue[action]({ staffSessionId: staff, applicationId: uuidv7() }))).toBe('STAFF_GONE');
  }
});

it('withdraws what waits here, and has central cancel what it holds; each once and with who and why', async () => {
  const { client } = counter;
  const withdraw = (applicationId: string) =>
    client.queue.withdraw({ staffSessionId: staff, applicationId, reason: 'customer-wish' });
  const [here, there] = await takenWithoutCentral(JIRO, plus, wide);
  if (here === undefined || there === undefined) throw new Error('two were taken');
  expect(await detail(here)).toMatchObject({
    row: { state: 'queued', customerNumber: JIRO },
    content: { kind: 'readable', answers: plus, attribution: { staffNumber: '1001', identityMethod: 'passport' } },
    actions: { correct: 'free', withdraw: 'free' },
  });
  await withdraw(here);
  expect(await codeOf(withdraw(here))).toBe('NOT_NOW');
  expect(await detail(here)).toMatchObject({ row: { state: 'withdrawn' }, acts: [{ kind: 'withdraw' }], actions: {} });
  const exported = await client.queue.exportRescue({ staffSessionId: staff });
  expect(exported.applications).toBe(1);
  expect(readFileSync(join(counter.dataDir, exported.file), 'utf8').split('\n')).toHaveLength(3);
  // Central may get it from the file, whatever is done here.
  expect((await detail(there)).actions).toEqual({ correct: 'exported', withdraw: 'exported' });
  expect(await codeOf(withdraw(there))).toBe('NOT_NOW');
  await counter.startCentral();
  staff = await counter.signIn();
  await until(there, 'held');
  expect((await detail(there)).actions).toEqual({
    release: 'manager-only',
    reject: 'manager-only',
    correct: 'free',
    withdraw: 'free',
  });
  expect(await codeOf(client.queue.release({ staffSessionId: staff, applicationId: there }))).toBe('NOT_NOW');
  const presses = await Promise.all([codeOf(withdraw(there)), codeOf(withdraw(there))]);
  expect(presses).toContain(null);
  expect(presses).toContain('NOT_NOW');
  const taken = await detail(there);
  expect(taken.row.state).toBe('withdrawn');
  expect(taken.acts).toMatchObject([{ kind: 'withdraw', staffNumber: '1001' }]);
}, 120_000);

it('corrects what central holds; the second of two is told that it comes too late; a manager decides the rest', async () => {
  const { client } = counter;
  const [first, second, third] = await takenWithoutCentral(JIRO, plus, plus, plus);
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were taken');
  await counter.startCentral();
  staff = await counter.signIn();
  await until(first, 'held');
  await until(second, 'held');
  await until(third, 'held');
  const correct = (customerNumber: string) =>
    client.queue.correct({ staffSessionId: staff, applicationId: first, customerNumber, identityMethod: 'passport' });
  expect(await codeOf(correct('1999999999'))).toBe('CUSTOMER_UNKNOWN');
  const opened = await correct(JIRO);
  const late = await correct(JIRO);
  expect(opened).toMatchObject({ procedureId: 'internet.change-course', answers: plus });
  const { receiptNumber } = (await detail(first)).row;
  expect((await client.session.view({ sessionId: opened.sessionId })).correcting).toEqual({
    procedureId: 'internet.change-course',
    receiptNumber,
  });
  const correction = await apply(opened.sessionId, wide);
  expect(await codeOf(apply(late.sessionId, wide))).toBe('ALREADY_CORRECTED');
  expect(await codeOf(correct(JIRO))).toBe('NOT_NOW');
  await until(correction, 'accepted');
  await until(first, 'withdrawn');
  const corrected = await detail(first);
  expect(corrected.correctedBy).toBe((await detail(correction)).row.receiptNumber);

  const manager = await counter.signIn(MANAGER);
  expect((await detail(second, manager)).actions).toMatchObject({ release: 'free', reject: 'free' });
  await client.queue.reject({ staffSessionId: manager, applicationId: second });
  expect(await detail(second, manager)).toMatchObject({
    row: { state: 'rejected' },
    acts: [{ kind: 'reject', staffNumber: '9001' }],
  });
  // Once what came first to the same contracts is carried out.
  await vi.waitFor(
    async () => {
      expect((await client.terminal.heartbeat({ sessionId: null, staffSessionId: manager })).staffAlive).toBe(true);
      await client.queue.release({ staffSessionId: manager, applicationId: third });
    },
    { timeout: 30_000, interval: 100 },
  );
  expect(await detail(third, manager)).toMatchObject({ row: { state: 'accepted' }, acts: [{ kind: 'release' }] });
  await eventually(async () =>
    expect(await detail(third, manager)).toMatchObject({
      row: { customerNumber: null },
      content: { kind: 'erased' },
      actions: {},
    }),
  );
}, 120_000);

it.each([
  [403, 'not-authorised'],
  [404, 'not-found'],
  [413, 'too-large'],
] as const)('sends again what was refused with %s, once that is put right', async (status, reason) => {
  const { client } = counter;
  gateway.refusal = { status, code: 'refused' };
  const { applicationId } = await counter.applyFor(TARO, staff);
  await until(applicationId, 'held');
  expect(await detail(applicationId)).toMatchObject({ row: { reason }, orderId: null, actions: { retry: 'free' } });
  const retry = () => client.queue.retry({ staffSessionId: staff, applicationId });
  await retry();
  await until(applicationId, 'held');
  gateway.refusal = null;
  // A second press finds it on its way, or there.
  const presses = await Promise.all([codeOf(retry()), codeOf(retry())]);
  expect(presses).toContain(null);
  expect(presses).toContain('NOT_NOW');
  await until(applicationId, 'accepted');
  expect((await detail(applicationId)).acts).toMatchObject([{ kind: 'retry' }, { kind: 'retry' }]);
  await cancelAtCentral(applicationId);
});

it('withdraws with central what was exported, so that the file can bring it in no more', async () => {
  const { client } = counter;
  gateway.refusal = { status: 403, code: 'refused' };
  const { applicationId } = await counter.applyFor(TARO, staff);
  await until(applicationId, 'held');
  const { file } = await client.queue.exportRescue({ staffSessionId: staff });
  gateway.refusal = null;
  expect((await detail(applicationId)).actions).toEqual({ retry: 'free', correct: 'exported', withdraw: 'free' });
  await client.queue.withdraw({ staffSessionId: staff, applicationId, reason: 'customer-wish' });
  expect(await detail(applicationId)).toMatchObject({
    row: { state: 'withdrawn' },
    acts: [{ kind: 'withdraw', staffNumber: '1001' }],
    actions: {},
  });
  expect(await bringIn(file)).toMatchObject({ ok: true, value: { taken: 0, known: 1, refused: [] } });
  expect((await detail(applicationId)).row.state).toBe('withdrawn');
});

it('finds at central what was imported from a file before it was withdrawn here', async () => {
  const { client } = counter;
  gateway.refusal = { status: 403, code: 'refused' };
  const { applicationId } = await counter.applyFor(TARO, staff);
  await until(applicationId, 'held');
  const { file } = await client.queue.exportRescue({ staffSessionId: staff });
  gateway.refusal = null;
  expect(await bringIn(file)).toMatchObject({ ok: true, value: { taken: 1 } });
  const withdraw = client.queue.withdraw({ staffSessionId: staff, applicationId, reason: 'customer-wish' });
  expect(await codeOf(withdraw)).toBe('NOT_NOW');
  await until(applicationId, 'accepted');
  expect((await detail(applicationId)).acts).toMatchObject([{ kind: 'withdraw' }, { kind: 'withdraw-refused' }]);
});
