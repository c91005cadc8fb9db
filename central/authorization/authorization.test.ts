import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { configurationSchema, tokenResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import {
  collect,
  enrolByDemo,
  makeTerminal,
  type OAuthAnswer,
  postForm,
  register,
  requestCode,
  type TestTerminal,
} from '../testing/test-terminal.ts';

const accessToken = ({ json }: OAuthAnswer): string => tokenResponseSchema.parse(json).access_token;

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('the authorization server on %s', (store) => {
  let central: TestCentral;
  let operator: string;
  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('authorization') : null);
    operator = await central.tokens.forOperator(['operator']);
  });
  afterAll(() => central.dispose());

  const configuration = (token: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.configuration}`, { token });
  const enrolled = async (): Promise<{ terminal: TestTerminal; code: string }> => {
    const terminal = await makeTerminal();
    return { terminal, code: await enrolByDemo(central.url, terminal) };
  };
  const revoke = (code: string, token = operator): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.operatorTerminal}/${code}/revocation`, { token, method: 'POST' });
  const refusal = (code: string): OAuthAnswer => ({
    status: 401,
    json: expect.objectContaining({ error: 'invalid_client', code }),
  });

  it('gives an enrolled terminal tokens for its own code, also after a restart', async () => {
    const { terminal, code } = await enrolled();
    const read = async (): Promise<unknown> =>
      configurationSchema.parse((await configuration(accessToken(await terminal.token(central.url)))).json());
    expect(await read()).toMatchObject({ terminalCode: code, shopName: 'デモショップ', demo: true });
    central = await central.restart();
    expect(await read()).toMatchObject({ terminalCode: code });
    const { code: other } = await enrolled();
    expect(other).not.toBe(code);
  });

  it('refuses a replayed assertion, one at a time and many at once', async () => {
    const { terminal } = await enrolled();
    const assertion = await terminal.assertion(central.url);
    expect((await terminal.token(central.url, assertion)).status).toBe(200);
    expect(await terminal.token(central.url, assertion)).toEqual(refusal('terminal-refused'));
    const another = await terminal.assertion(central.url);
    const all = await Promise.all(Array.from({ length: 8 }, () => terminal.token(central.url, another)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 401)).toHaveLength(7);
  });

  it('refuses the wrong key, audience, age, lifetime and client', async () => {
    const { terminal } = await enrolled();
    const { privateKey } = await generateKeyPair('ES256');
    const now = Math.floor(Date.now() / 1000);
    const other = await enrolled();
    for (const changes of [
      { key: privateKey },
      { audience: 'https://elsewhere.example' },
      { issuedAt: now - 3600 },
      { issuedAt: now + 3600 },
      { lifeSeconds: 3600 },
      { clientId: other.terminal.clientId },
    ]) {
      const answer = await terminal.token(central.url, await terminal.assertion(central.url, changes));
      expect(answer.status, JSON.stringify(changes)).toBeGreaterThanOrEqual(400);
      expect(answer.json).not.toHaveProperty('access_token');
    }
    const stranger = await makeTerminal();
    expect(await stranger.token(central.url)).toEqual(refusal('terminal-unknown'));
    expect((await terminal.token(central.url)).status).toBe(200);
  });

  it('gives nothing before the approval, and nothing but a registration after it', async () => {
    const { deviceCode, userCode } = await requestCode(central.url);
    expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(await collect(central.url, deviceCode)).toMatchObject({
      status: 400,
      json: { error: 'authorization_pending' },
    });
    const approve = (): Promise<Answer> => call(`${central.url}/demo/enrolment`, { body: { user_code: userCode } });
    expect((await approve()).status).toBe(204);
    expect((await approve()).status).toBe(404);
    const token = accessToken(await collect(central.url, deviceCode));
    expect(await collect(central.url, deviceCode)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await configuration(token)).status).toBe(401);
    const terminal = await makeTerminal();
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    expect((await register(central.url, token, await exportJWK(privateKey))).status).toBe(400);
    const rsa = await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey);
    expect((await register(central.url, token, rsa)).status).toBe(400);
    const greedy = {
      grant_types: ['client_credentials', 'authorization_code'],
      terminal_code: 'T77',
      scope: 'operator',
    };
    const first = await register(central.url, token, terminal.publicJwk, greedy);
    expect(first).toMatchObject({ status: 201, json: { grant_types: ['client_credentials'] } });
    expect(first.json).not.toMatchObject({ terminal_code: 'T77' });
    // The answer was lost: the same key again is the same terminal. Another key is not.
    expect(await register(central.url, token, terminal.publicJwk)).toMatchObject({
      status: 201,
      json: { client_id: terminal.clientId },
    });
    expect((await register(central.url, token, (await makeTerminal()).publicJwk)).status).toBe(401);
    expect((await terminal.token(central.url)).status).toBe(200);
  });

  it('refuses registrations without an approval, and what else the library could do', async () => {
    const terminal = await makeTerminal();
    expect((await register(central.url, 'nothing', terminal.publicJwk)).status).toBe(401);
    expect((await register(central.url, operator, terminal.publicJwk)).status).toBe(401);
    for (const path of ['/auth', '/me', '/session/end', '/oauth/token/introspection', '/oauth/registration/x']) {
      expect((await call(`${central.url}${path}`)).status, path).toBe(404);
    }
    const ask = async (form: Record<string, string>): Promise<number> =>
      (await postForm(`${central.url}${CENTRAL_PATHS.token}`, form)).status;
    expect(await ask({ grant_type: 'client_credentials', client_id: 'T01' })).toBe(401);
    expect(await ask({ grant_type: 'password', client_id: 'madoguchi-enrolment' })).toBe(400);
    expect(await ask({ grant_type: 'client_credentials', client_id: 'madoguchi-enrolment' })).toBe(400);
  });

  it('expires a code that nobody approved', async () => {
    const { userCode } = await requestCode(central.url);
    central.clocks.advance(11 * 60 * 1000);
    const late = await call(`${central.url}/demo/enrolment`, { body: { user_code: userCode } });
    expect(late.status).toBe(404);
  });

  it('takes a terminal out of service at once: its tokens, its customers, for ever', async () => {
    const { terminal, code } = await enrolled();
    const token = accessToken(await terminal.token(central.url));
    const session = await call(`${central.url}${CENTRAL_PATHS.signIn}`, {
      token,
      body: { loginId: 'taro@example.jp', password: 'Counter2026', sessionId: randomUUID() },
    });
    const customer = z.object({ accessToken: z.string() }).parse(session.json()).accessToken;
    const products = (): Promise<Answer> => call(`${central.url}${CENTRAL_PATHS.product}`, { token: customer });
    expect([(await configuration(token)).status, (await products()).status]).toEqual([200, 200]);

    expect((await revoke(code, token)).status).toBe(403);
    expect((await revoke(code, await central.tokens.forOperator(['tmf.read']))).status).toBe(403);
    expect((await revoke('T99')).status).toBe(404);
    expect((await revoke(code)).json()).toMatchObject({ id: code, revokedBy: 'operator' });
    for (const answer of [await configuration(token), await products()]) {
      expect([answer.status, answer.json()]).toMatchObject([401, { code: 'terminal-revoked' }]);
    }
    expect(await terminal.token(central.url)).toEqual(refusal('terminal-revoked'));
    central = await central.restart();
    expect(await terminal.token(central.url)).toEqual(refusal('terminal-revoked'));
    expect((await configuration(token)).status).toBe(401);
    const again = (await revoke(code)).json();
    expect(again).toMatchObject({ id: code });
    const list = await call(`${central.url}${CENTRAL_PATHS.operatorTerminal}?limit=100`, { token: operator });
    expect(
      z
        .array(z.object({ id: z.string() }))
        .parse(list.json())
        .map(({ id }) => id),
    ).toContain(code);
    expect((await signIn(central.url, 'taro@example.jp')).customerNumber).toBe('1000000001');
  });

  it('notices two running machines with one key, and none in restarts', async () => {
    const { terminal, code } = await enrolled();
    const ask = async (instance: string): Promise<void> => {
      expect((await terminal.token(central.url, await terminal.assertion(central.url, { instance }))).status).toBe(200);
    };
    const seen = async (): Promise<unknown> =>
      z
        .object({ sharedKeySeenAt: z.string().nullable() })
        .parse((await call(`${central.url}${CENTRAL_PATHS.operatorTerminal}/${code}`, { token: operator })).json())
        .sharedKeySeenAt;
    for (const instance of ['first run', 'first run', 'second run', 'third run']) await ask(instance);
    expect(await seen()).toBeNull();
    await ask('second run');
    expect(await seen()).not.toBeNull();
  });
});
