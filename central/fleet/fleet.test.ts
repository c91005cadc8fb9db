import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Heartbeat } from '../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { tokenResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { type Answer, call, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { enrolByDemo, makeTerminal, terminalToken, type TestTerminal } from '../testing/test-terminal.ts';

const MINUTE = 60_000;
const WELL: Heartbeat = {
  version: '1.0.0',
  mode: 'self-service',
  queue: { waiting: 0, held: 0, rejected: 0 },
  oldestWaitingSeconds: null,
  printer: 'ready',
  clockAheadSeconds: 1,
  salvage: null,
};
const rowsSchema = z.array(
  z.looseObject({ terminal: z.string(), shop: z.string().nullable(), troubles: z.array(z.string()) }),
);

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('the fleet on %s', (store) => {
  let central: TestCentral;
  let operator: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('fleet') : null);
    operator = await central.tokens.forOperator(['operator']);
    await terminalToken(central.url);
  });
  afterAll(() => central.dispose());

  /** Machines beside T01; the first of them becomes T02. */
  const machines = new Map<string, Promise<TestTerminal>>();
  const tokenOf = async (machine: string): Promise<string> => {
    const made =
      machines.get(machine) ??
      makeTerminal().then(async (terminal) => {
        await enrolByDemo(central.url, terminal);
        return terminal;
      });
    machines.set(machine, made);
    return tokenResponseSchema.parse((await (await made).token(central.url)).json).access_token;
  };
  const beat = async (machine: string, changes: Partial<Heartbeat> = {}): Promise<number> => {
    const token = machine === 'T01' ? await terminalToken(central.url) : await tokenOf(machine);
    return (await call(`${central.url}${CENTRAL_PATHS.heartbeat}`, { token, body: { ...WELL, ...changes } })).status;
  };
  const get = (query = '', token = operator): Promise<Answer> =>
    call(`${central.url}/operator/fleet${query}`, { token });
  const rows = async (query = '') => rowsSchema.parse((await get(query)).json());
  const of = async (terminal: string) => (await rows()).find((row) => row.terminal === terminal);

  it('shows a known terminal before it is heard of, and what it tells then', async () => {
    expect(await of('T01')).toEqual({ terminal: 'T01', shop: 'デモショップ', troubles: ['silent'], heardAt: null });
    expect(await beat('T01', { queue: { waiting: 2, held: 1, rejected: 3 }, oldestWaitingSeconds: 60 })).toBe(200);
    expect(await of('T01')).toMatchObject({
      troubles: [],
      version: '1.0.0',
      queue: { waiting: 2, held: 1, rejected: 3 },
      oldestWaitingAt: new Date(central.clocks.system() - MINUTE).toISOString(),
      heardAt: new Date(central.clocks.system()).toISOString(),
    });
    central.clocks.advance(3 * MINUTE);
    expect(await of('T01')).toMatchObject({ troubles: [] });
    central.clocks.advance(1);
    expect(await of('T01')).toMatchObject({ troubles: ['silent'] });
    expect(await beat('T01')).toBe(200);
    expect(await of('T01')).toMatchObject({ troubles: [], oldestWaitingAt: null });
  });

  it.each([
    ['long-queue', { queue: { waiting: 20, held: 0, rejected: 0 }, oldestWaitingSeconds: 5 }],
    ['long-queue', { queue: { waiting: 1, held: 0, rejected: 0 }, oldestWaitingSeconds: 1801 }],
    ['printer', { printer: 'paper-out' }],
    ['printer', { printer: 'offline' }],
    ['paper-low', { printer: 'paper-low' }],
    ['clock', { clockAheadSeconds: -121 }],
    ['disk', { salvage: { missing: 1, damaged: 2, isLogCut: true, isIdentityLost: false } }],
  ] as const)('sees %s in %j', async (trouble, changes) => {
    await beat('T02', changes);
    expect(await of('T02')).toMatchObject({ troubles: [trouble] });
    expect((await rows(`?trouble=${trouble}`)).map(({ terminal }) => terminal)).toEqual(['T02']);
    expect((await rows())[0]).toMatchObject({ terminal: 'T02' });
  });

  it('takes heartbeats from terminals, and nothing in them that is none of its members', async () => {
    const jiro = await signIn(central.url, 'jiro@example.jp');
    for (const token of [operator, jiro.accessToken]) {
      expect((await call(`${central.url}${CENTRAL_PATHS.heartbeat}`, { token, body: WELL })).status).toBe(403);
    }
    const token = await terminalToken(central.url);
    for (const body of [{}, { ...WELL, queue: {} }, { ...WELL, version: '' }, { ...WELL, printer: 5 }]) {
      expect((await call(`${central.url}${CENTRAL_PATHS.heartbeat}`, { token, body })).status).toBe(400);
    }
  });

  it('understands terminals of an earlier version and of a later one, and keeps nothing that it does not know', async () => {
    const { salvage: _, ...earlier } = WELL;
    const token = await terminalToken(central.url);
    const later = {
      ...{ ...WELL, customerNumber: '1000000001', printer: 'out-of-ink' },
      queue: { ...WELL.queue, waiting: 4, parked: 1 },
    };
    for (const body of [earlier, later]) {
      expect((await call(`${central.url}${CENTRAL_PATHS.heartbeat}`, { token, body })).status).toBe(200);
    }
    const told = await of('T01');
    expect(told).toMatchObject({ printer: 'unknown', queue: { waiting: 4 } });
    expect(JSON.stringify(told)).not.toMatch(/parked|1000000001|out-of-ink/);
    expect(await beat('T01')).toBe(200);
  });

  it('is for the scope operator alone', async () => {
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const others = [
      await central.tokens.forOperator(['tmf.read', 'tmf.write']),
      jiro.accessToken,
      jiro.terminalToken,
      'x',
    ];
    for (const token of others) {
      const answer = await get('', token);
      expect([answer.status, answer.json()]).toMatchObject([401, { '@type': 'Error' }]);
      const page = await call(`${central.url}/operator/fleet`, { token, headers: { accept: 'text/html' } });
      expect(page.status).toBe(401);
      expect(page.text).not.toContain('T01');
    }
  });

  it('pages a large fleet', async () => {
    for (let index = 100; index < 220; index += 1) await beat(`P${index}`, { version: '1.1.0' });
    const first = await get('?trouble=none');
    const all = Number(first.headers.get('x-total-count'));
    expect(all).toBeGreaterThanOrEqual(122);
    expect(first.headers.get('x-result-count')).toBe('100');
    const second = await rows('?page=2');
    expect(second).toHaveLength(all - 100);
    const codes = [...(await rows()), ...second].map(({ terminal }) => terminal);
    expect(new Set(codes).size).toBe(all);
  });

  it.each(LANGUAGES)('has a page in %s, for who signs in with a token', async (lang) => {
    const html = { accept: 'text/html' };
    await beat('T10', { version: '<b>2</b>', printer: 'cover-open' });
    const signInWith = (token: string) =>
      fetch(`${central.url}/operator/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
        redirect: 'manual',
      });
    const refused = await signInWith(await central.tokens.forOperator(['tmf.read']));
    expect([refused.headers.get('location'), refused.headers.get('set-cookie')]).toEqual([
      '/operator/fleet?refused',
      null,
    ]);
    const accepted = await signInWith(`${operator}\n`);
    expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/operator/fleet']);
    const setCookie = accepted.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/HttpOnly; SameSite=Strict/);
    const cookie = setCookie.split(';')[0] ?? '';
    const page = await call(`${central.url}/operator/fleet?lang=${lang}`, { headers: { ...html, cookie } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain(`<html lang="${lang}">`);
    expect(page.text).toContain('&#60;b&#62;2');
    expect(page.text).not.toMatch(/fleet:|\{\{|undefined|<b>|<script/);
    expect(page.text).not.toContain(operator);
    const form = await call(`${central.url}/operator/fleet?lang=${lang}&refused`, { headers: html });
    expect(form.status).toBe(401);
    expect(form.text).not.toMatch(/fleet:|\{\{|undefined|T01/);
  });

  it('speaks the language of the browser, Japanese otherwise', async () => {
    const language = async (wanted: string) => {
      const headers = { accept: 'text/html', 'accept-language': wanted };
      return /<html lang="(\w+)">/.exec((await call(`${central.url}/operator/fleet`, { headers })).text)?.[1];
    };
    expect(await language('fr, ko-KR;q=0.9, en;q=0.8')).toBe('ko');
    expect(await language('fr')).toBe('ja');
    expect(await language('')).toBe('ja');
  });
});
