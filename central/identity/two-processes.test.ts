import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call, orderFor, postOrder, signIn } from '../testing/client.ts';
import { type OneAddress, openOneAddress } from '../testing/one-address.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { collect, enrolByDemo, makeTerminal, requestCode, terminalToken } from '../testing/test-terminal.ts';
import { LOGIN_LIMIT, TERMINAL_LIMIT } from './sign-in-throttle.ts';

describe.skipIf(!hasPostgres())('two centrals on one PostgreSQL, behind one address', () => {
  let address: OneAddress;
  let first: TestCentral;
  let second: TestCentral;

  beforeAll(async () => {
    address = await openOneAddress();
    first = await startTestCentral(await createTestDatabase('behind'), null, address.url);
    second = await first.second();
    address.serve([first.url, second.url]);
  });
  afterAll(async () => {
    await address.close();
    await second.close();
    await first.dispose();
  });

  const attempt = async (url: string, token: string, loginId: string, password: string): Promise<number> =>
    (await call(`${url}${CENTRAL_PATHS.signIn}`, { token, body: { loginId, password, sessionId: randomUUID() } }))
      .status;
  const each = <T>(count: number, make: (url: string, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => make((index % 2 === 0 ? first : second).url, index)));
  const counted = (statuses: readonly number[], status: number): number =>
    statuses.filter((one) => one === status).length;

  /** Those that wait for their turn look again whenever a timer runs. */
  const takingTurns = <T>(attempts: Promise<T>): Promise<T> => {
    const turns = setInterval(() => {
      for (const { timers } of [first, second]) timers.fire();
    }, 200);
    return attempts.finally(() => clearInterval(turns));
  };

  it('count the tries on a login together, however many come at once', async () => {
    const token = await terminalToken(address.url);
    const wrong = each(LOGIN_LIMIT.failures * 2, (url) => attempt(url, token, 'hanako@example.jp', 'wrong'));
    expect(counted(await takingTurns(wrong), 401)).toBe(LOGIN_LIMIT.failures * 2);
    for (const { url } of [first, second]) {
      expect(await attempt(url, token, 'hanako@example.jp', 'Counter2026')).toBe(401);
    }
    first.clocks.advance(LOGIN_LIMIT.seconds * 1000 + 1);
    expect(await attempt(address.url, await terminalToken(address.url), 'hanako@example.jp', 'Counter2026')).toBe(200);
    const fresh = await terminalToken(address.url);
    const right = each(20, (url) => attempt(url, fresh, 'hanako@example.jp', 'Counter2026'));
    expect(counted(await takingTurns(right), 200)).toBe(20);
  });

  it('slow a terminal that hammers at both', async () => {
    const token = await terminalToken(address.url);
    const statuses = await each(TERMINAL_LIMIT.failures + 10, (url, at) => attempt(url, token, `guess-${at}`, 'wrong'));
    expect([counted(statuses, 401), counted(statuses, 429)]).toEqual([TERMINAL_LIMIT.failures, 10]);
    first.clocks.advance(TERMINAL_LIMIT.seconds * 1000 + 1);
  });

  it('let an assertion and a code in once', async () => {
    const terminal = await makeTerminal();
    await enrolByDemo(address.url, terminal);
    const assertion = await terminal.assertion(address.url);
    const tokens = await each(10, (url) => terminal.token(url, assertion));
    expect(tokens.filter(({ status }) => status === 200)).toHaveLength(1);

    const { deviceCode, userCode } = await requestCode(address.url);
    await call(`${address.url}/demo/enrolment`, { body: { user_code: userCode } });
    const collected = await each(10, (url) => collect(url, deviceCode));
    expect(collected.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('book an application once, whichever of them each try reaches', async () => {
    const session = await signIn(address.url, 'taro@example.jp');
    const plan = { plan: 'bundle.hikari-triple-2g' };
    const order = await orderFor(address.url, session, 'plan.recommended', plan, first.clocks.business());
    const answers = await Promise.all(Array.from({ length: 30 }, () => postOrder(address.url, session, order)));
    const booked = answers.filter(({ status }) => status === 201);
    expect(new Set(booked.map(({ text }) => text)).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const operator = await first.tokens.forOperator(['tmf.read']);
    const list = await call(`${address.url}${CENTRAL_PATHS.productOrder}?externalId=${order.externalId}`, {
      token: operator,
    });
    expect(list.headers.get('x-total-count')).toBe('1');
  });
});
