import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { configurationSchema, signInResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { terminalToken } from '../testing/test-terminal.ts';
import { LOGIN_LIMIT, TERMINAL_LIMIT } from './sign-in-throttle.ts';

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('identity on %s', (store) => {
  let central: TestCentral;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('identity') : null);
  });
  afterAll(() => central.dispose());

  const attempt = async (loginId: string, password: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.signIn}`, {
      token: await terminalToken(central.url),
      body: { loginId, password, sessionId: randomUUID() },
    });

  it('signs a customer in, at a terminal only', async () => {
    const answer = await attempt('taro@example.jp', 'Counter2026');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const session = signInResponseSchema.parse(answer.json());
    expect(session.customerNumber).toBe('1000000001');
    const again = await call(`${central.url}${CENTRAL_PATHS.signIn}`, {
      token: session.accessToken,
      body: { loginId: 'taro@example.jp', password: 'Counter2026', sessionId: randomUUID() },
    });
    expect(again.status).toBe(403);
    const whole = { loginId: 'taro@example.jp', password: 'Counter2026', sessionId: randomUUID() };
    for (const body of [{ loginId: 'taro@example.jp' }, { ...whole, remember: true }]) {
      const token = await terminalToken(central.url);
      const malformed = await call(`${central.url}${CENTRAL_PATHS.signIn}`, { token, body });
      expect([malformed.status, malformed.json()]).toMatchObject([400, { '@type': 'Error' }]);
    }
  });

  /** Those that wait for their turn look again whenever a timer runs. */
  const takingTurns = async (attempts: Promise<Answer>[]): Promise<Answer[]> => {
    const turns = setInterval(() => central.timers.fire(), 200);
    return Promise.all(attempts).finally(() => clearInterval(turns));
  };

  it('takes an ID in whatever case its domain is written, and only its domain', async () => {
    const answers = await Promise.all(['taro@EXAMPLE.jp', 'Taro@example.jp'].map((id) => attempt(id, 'Counter2026')));
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  });

  it('answers unknown, wrong and locked alike, locks after 5 misses for 15 minutes, over a restart', async () => {
    const shown = ({ status, text }: Answer): unknown => [status, text];
    const unknown = await attempt('nobody@example.jp', 'Counter2026');
    expect([unknown.status, unknown.json()]).toMatchObject([401, { code: 'sign-in-refused', '@type': 'Error' }]);
    /** Of the processor, which a loaded machine doesn't lengthen. */
    const costOf = async (tries: readonly (readonly [string, string])[]): Promise<number> => {
      const before = process.cpuUsage();
      for (const [id, password] of tries) expect(shown(await attempt(id, password))).toEqual(shown(unknown));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const each = Array.from({ length: LOGIN_LIMIT.failures }, (_, at) => at);
    const wrong = await costOf(each.map(() => ['hanako@example.jp', 'wrong']));
    const locked = await costOf(each.map(() => ['hanako@example.jp', 'Counter2026']));
    const nobody = await costOf(each.map((at) => [`nobody${at}@example.jp`, 'Counter2026']));
    // Without the hash that each of them verifies it would be a tenth.
    expect(Math.min(wrong, locked, nobody) / Math.max(wrong, locked, nobody)).toBeGreaterThan(0.4);
    central = await central.restart();
    expect(shown(await attempt('hanako@example.jp', 'Counter2026'))).toEqual(shown(unknown));
    central.clocks.advance(LOGIN_LIMIT.seconds * 1000 + 1);
    expect((await attempt('hanako@example.jp', 'Counter2026')).status).toBe(200);
  });

  it('gives many attempts at once no more tries than many in turn', async () => {
    const wrong = Array.from({ length: 12 }, () => attempt('jiro@example.jp', 'wrong'));
    expect((await takingTurns(wrong)).every(({ status }) => status === 401)).toBe(true);
    expect((await attempt('jiro@example.jp', 'Counter2026')).status).toBe(401);
    central.clocks.advance(LOGIN_LIMIT.seconds * 1000 + 1);
    const right = Array.from({ length: 20 }, () => attempt('jiro@example.jp', 'Counter2026'));
    expect((await takingTurns(right)).every(({ status }) => status === 200)).toBe(true);
    // One miss less than the lock needs, among many that are right: each of those ends the count.
    const mixed = Array.from({ length: 20 }, (_, at) =>
      attempt('jiro@example.jp', at % 5 === 0 ? 'wrong' : 'Counter2026'),
    );
    expect((await takingTurns(mixed)).map(({ status }) => status)).toEqual(
      Array.from({ length: 20 }, (_, at) => (at % 5 === 0 ? 401 : 200)),
    );
  });

  it('slows a terminal that hammers', async () => {
    central.clocks.advance(TERMINAL_LIMIT.seconds * 1000 + 1);
    for (let miss = 0; miss < TERMINAL_LIMIT.failures; miss += 1) {
      expect((await attempt(`guess-${miss}`, 'wrong')).status).toBe(401);
    }
    const slowed = await attempt('taro@example.jp', 'Counter2026');
    expect([slowed.status, slowed.json()]).toMatchObject([429, { code: 'throttled' }]);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(TERMINAL_LIMIT.seconds - 60);
    central.clocks.advance(TERMINAL_LIMIT.seconds * 1000 + 1);
    expect((await attempt('taro@example.jp', 'Counter2026')).status).toBe(200);
  });

  it('accepts only its own, present access tokens', async () => {
    const session = await signIn(central.url, 'taro@example.jp');
    const products = (token: string) => call(`${central.url}${CENTRAL_PATHS.product}`, { token });
    expect((await products(session.accessToken)).status).toBe(200);
    const claims = { sub: '1000000001', client_id: 'T01', scope: 'customer', terminal: 'T01', shop: 'S001', sid: 'x' };
    const unsigned = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    const bySecret = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('secret'));
    const forged = [unsigned, bySecret, `${session.accessToken.slice(0, -4)}AAAA`, session.submissionGrant, 'x', ''];
    for (const token of forged) expect((await products(token)).status).toBe(401);
    central.clocks.advance(31 * 60 * 1000);
    const expired = await products(session.accessToken);
    expect([expired.status, expired.json()]).toMatchObject([401, { status: '401', '@type': 'Error' }]);
  });

  it('tells a terminal who it is, with the rescue key', async () => {
    const answer = await call(`${central.url}${CENTRAL_PATHS.configuration}`, {
      token: await terminalToken(central.url),
    });
    const before = configurationSchema.parse(answer.json());
    expect(before).toMatchObject({ terminalCode: 'T01', demo: true });
    central = await central.restart();
    const again = await call(`${central.url}${CENTRAL_PATHS.configuration}`, {
      token: await terminalToken(central.url),
    });
    expect(again.text).toBe(answer.text);
    const operator = await central.tokens.forOperator(['operator']);
    expect((await call(`${central.url}${CENTRAL_PATHS.configuration}`, { token: operator })).status).toBe(403);
  });
});
