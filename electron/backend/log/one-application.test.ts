import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { type Gateway, startGateway } from '../testing/gateway.ts';

const lineSchema = z.object({
  msg: z.string(),
  state: z.string().optional(),
  reason: z.string().nullish(),
  order: z.string().nullish(),
});

let counter: CounterRig;
let gateway: Gateway;
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

/** What stands in a log under an application's id, in words. */
const lifeIn = (lines: readonly string[], applicationId: string): string[] =>
  lines
    .filter((line) => line.includes(applicationId))
    .flatMap((line) => lineSchema.safeParse(JSON.parse(line)).data ?? [])
    .map(({ msg, state, reason }) => [msg, state, reason].filter((word) => word != null).join(' '));

it("tells an application's whole life under its id, from the touch to central's last word, and nothing of whose it is", async () => {
  const { applicationId } = await counter.applyFor('1000000003', null);
  await eventually(() => expect(lifeIn(counter.centralLogs, applicationId).at(-1)).toBe('order completed'));
  expect(lifeIn(counter.logs, applicationId)).toEqual([
    'application asked for',
    'application queued',
    'application sending',
    'application accepted',
  ]);
  expect(lifeIn(counter.centralLogs, applicationId)).toEqual([
    'order acknowledged',
    'order inProgress',
    'order completed',
  ]);
  const lines = [...counter.logs, ...counter.centralLogs].filter((line) => line.includes(applicationId));
  const orders = lines.flatMap((line) => lineSchema.parse(JSON.parse(line)).order ?? []);
  expect(new Set(orders).size).toBe(1);
  for (const canary of ['1000000003', 'jiro', 'Counter2026', '次郎']) expect(lines.join('')).not.toContain(canary);
});

it('tells also of what is tried again and of what is held', async () => {
  const staffSessionId = await counter.signIn();
  gateway.refusal = { status: 503, code: 'busy' };
  const { applicationId } = await counter.applyFor('1000000001', staffSessionId);
  await eventually(() => expect(lifeIn(counter.logs, applicationId)).toContain('sending put off'));
  gateway.refusal = { status: 403, code: 'refused' };
  await eventually(() => expect(lifeIn(counter.logs, applicationId)).toContain('application held not-authorised'));
  gateway.refusal = null;
  await counter.client.queue.retry({ staffSessionId, applicationId });
  await eventually(() => expect(lifeIn(counter.centralLogs, applicationId).at(-1)).toBe('order completed'));
  await eventually(() => expect(lifeIn(counter.logs, applicationId).at(-1)).toBe('application accepted'));
  const steps = ['asked for', 'queued', 'sending', 'sending put off', 'held not-authorised', 'sending', 'accepted'];
  expect(lifeIn(counter.logs, applicationId).join(', ')).toMatch(new RegExp(`^application ${steps.join('.*, .*')}$`));
});
