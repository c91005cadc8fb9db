import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CONTRACTOR_LIMIT, LOGIN_LIMIT, TERMINAL_LIMIT } from '../../../central/identity/sign-in-throttle.ts';
import type { Contractor } from '../../../shared/central-api/registration.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const YAMADA: Contractor = {
  ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
  proof: { kind: 'card', value: '4242' },
};

let rig: CounterRig;
beforeAll(async () => {
  rig = await startCounter();
}, 60_000);
afterAll(() => rig.close());

const pauseSchema = z.object({ retryAfterSeconds: z.int().min(1) });

/** As the page gets it: the code, and for how long one has to wait. */
async function told(call: Promise<unknown>): Promise<readonly [string, 'now' | 'later']> {
  try {
    await call;
    return ['not refused', 'now'];
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return [String(error.code), pauseSchema.safeParse(error.data).success ? 'later' : 'now'];
  }
}
const signIn = (loginId: string, password: string) =>
  told(rig.client.session.signIn({ requestId: randomUUID(), loginId, password, language: 'ja' }));
const verify = (contractor: Contractor) =>
  told(rig.client.registration.verify({ registrationId: randomUUID(), visitId: randomUUID(), contractor }));
const redeem = (password: string) =>
  told(rig.client.registration.redeem({ registrationId: randomUUID(), visitId: randomUUID(), password }));

it('a kiosk hears the same of unknown, wrong and locked, and of too much of it when to try again', async () => {
  const refused = ['SIGN_IN_REFUSED', 'now'];
  for (let miss = 0; miss < LOGIN_LIMIT.failures; miss += 1) {
    expect(await signIn('nobody@example.jp', 'wrong')).toEqual(refused);
    expect(await signIn('taro@example.jp', 'wrong')).toEqual(refused);
  }
  expect(await signIn('taro@example.jp', 'Counter2026')).toEqual(refused);

  const unknown = ['CONTRACTOR_REFUSED', 'now'];
  for (let miss = 0; miss < CONTRACTOR_LIMIT.failures; miss += 1) {
    expect(await verify({ ...YAMADA, phone: '0399999999' })).toEqual(unknown);
    expect(await verify({ ...YAMADA, proof: { kind: 'card', value: '0000' } })).toEqual(unknown);
  }
  expect(await verify(YAMADA)).toEqual(unknown);

  const misses = 2 * LOGIN_LIMIT.failures + 1 + 2 * CONTRACTOR_LIMIT.failures + 1;
  for (let miss = misses; miss < TERMINAL_LIMIT.failures; miss += 1) {
    expect(await redeem('123456789012')).toEqual(['ONE_TIME_REFUSED', 'now']);
  }
  // Now it is the terminal that waits, whoever comes and however right they are.
  for (const answer of [await signIn('goro@example.jp', 'Counter2026'), await verify(YAMADA), await redeem('1')]) {
    expect(answer).toEqual(['THROTTLED', 'later']);
  }
});
