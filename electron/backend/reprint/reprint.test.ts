import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { eventually } from '../../../tests/setup/eventually.ts';

const JIRO = '1000000003';

let counter: CounterRig;
let staffSessionId = '';
let accepted = '';
let receiptNumber = '';
beforeAll(async () => {
  counter = await startCounter();
  staffSessionId = await counter.signIn();
  const outcome = await counter.applyFor(JIRO, staffSessionId);
  expect(outcome.state).toBe('accepted');
  ({ applicationId: accepted, receiptNumber } = outcome);
  // Central has it: here its content goes.
  await eventually(async () => {
    const { content } = await counter.client.queue.detail({ staffSessionId, applicationId: accepted });
    expect(content.kind).toBe('erased');
  });
});
afterAll(() => counter.close());

const reprint = (applicationId: string, by = staffSessionId) =>
  counter.client.reprint.print({ staffSessionId: by, applicationId });
const lastSlip = (): string => counter.printer.receipts.at(-1)?.text ?? '';
const actsOn = async (applicationId: string) =>
  (await counter.client.queue.detail({ staffSessionId, applicationId })).acts.map(({ kind, staffNumber }) => ({
    kind,
    staffNumber,
  }));

const visitsSchema = z.array(
  z.looseObject({ reason: z.string(), visit: z.looseObject({ number: z.number().optional() }) }),
);
/** What central's visit log (TMF683) knows of reprints. */
async function reprintsAtCentral(): Promise<number[]> {
  const token = await counter.operatorToken();
  const response = await fetch(new URL(`${CENTRAL_PATHS.partyInteraction}?reason=slip-reprinted`, counter.central), {
    headers: { authorization: `Bearer ${token}` },
  });
  return visitsSchema.parse(await response.json()).map(({ visit }) => visit.number ?? 0);
}

it('shows from central what was erased here, on a press, and who looked is written down there', async () => {
  const { content } = counter.client.queue;
  expect(await content({ staffSessionId, applicationId: accepted })).toMatchObject({
    kind: 'readable',
    quote: { kind: 'total' },
    attribution: { kind: 'staff', staffNumber: '1001' },
  });
  const away = await counter.signIn();
  await counter.client.staff.leave({ staffSessionId: away });
  await expect(content({ staffSessionId: away, applicationId: accepted })).rejects.toMatchObject({
    code: 'STAFF_AWAY',
  });
});

it('prints it again from what central keeps, marked and counted, and central writes it down', async () => {
  expect(await reprint(accepted)).toEqual({ outcome: { kind: 'printed' }, number: 1 });
  expect(counter.printer.errors).toEqual([]);
  const text = lastSlip();
  expect(text).toContain('再発行');
  expect(text).toContain('[reversed]');
  expect(text).toMatch(/1回目　\d{4}-\d{2}-\d{2} \d{2}:\d{2}/);
  expect(text).toContain(receiptNumber);
  expect(text).toContain('インターネットのコース変更');
  expect(await reprint(accepted)).toMatchObject({ number: 2 });
  await eventually(async () => expect((await reprintsAtCentral()).sort()).toEqual([1, 2]));
  expect(await actsOn(accepted)).toEqual([
    { kind: 'reprint', staffNumber: '1001' },
    { kind: 'reprint', staffNumber: '1001' },
  ]);
  expect(counter.logs.join('')).toContain('slip reprinted');
});

it('is no reprint where nothing was sent to the printer', async () => {
  counter.printer.setPaper('out');
  expect(await reprint(accepted)).toEqual({ outcome: { kind: 'refused', reason: 'paper-out' }, number: 3 });
  counter.printer.setPaper('ok');
  expect(await actsOn(accepted)).toHaveLength(2);
});

it('is for staff at their screen, and for what was taken here', async () => {
  const away = await counter.signIn();
  await counter.client.staff.leave({ staffSessionId: away });
  await expect(reprint(accepted, away)).rejects.toMatchObject({ code: 'STAFF_AWAY' });
  await expect(reprint('01938f5e-7b1a-7c3d-8e9f-0123456789ab')).rejects.toMatchObject({ code: 'UNKNOWN_APPLICATION' });
});

it('without central prints what is still here, says of the rest that it needs central, and tells central later', async () => {
  const sessions = await counter.client.staff.openCustomer({
    staffSessionId,
    customerNumber: '1000000001',
    identityMethod: 'passport',
  });
  await counter.stopCentral();
  const waiting = await counter.applyIn(sessions.sessionId);
  expect(['queued', 'sending']).toContain(waiting.state);
  await expect(reprint(accepted)).rejects.toMatchObject({ code: 'NEEDS_CENTRAL' });
  expect(await reprint(waiting.applicationId)).toEqual({ outcome: { kind: 'printed' }, number: 1 });
  expect(lastSlip()).toContain('仮受付');
  expect(lastSlip()).toContain('再発行');
  await counter.startCentral();
  await vi.waitFor(async () => expect((await reprintsAtCentral()).sort()).toEqual([1, 1, 2]), {
    timeout: 20_000,
    interval: 100,
  });
});
