import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ONE_TIME_LIFE_SECONDS } from '../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import {
  createSignInThrottle,
  ONE_TIME_PAGE_LIMIT,
  TERMINAL_LIMIT,
  type ThrottleSubject,
} from '../identity/sign-in-throttle.ts';
import { signIn } from '../testing/client.ts';
import { type OneTimeRig, startOneTimeRig } from '../testing/one-time-rig.ts';
import { PASSWORD } from '../testing/registrations.ts';

describe.skipIf(!hasPostgres())('a one-time password on a phone', () => {
  let rig: OneTimeRig;
  beforeAll(async () => {
    rig = await startOneTimeRig('one-time-page');
  });
  beforeEach(() => rig.renew());
  afterAll(() => rig.close());

  let cookie = '';
  const page = CENTRAL_PATHS.oneTimePage;
  const open = (path: string) => fetch(`${rig.central.url}${path}`, { redirect: 'manual', headers: { cookie } });
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${rig.central.url}${path}`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers: { cookie, ...headers } },
    });
  const visitIn = (text: string): string => /name="visit" value="([\w-]+)"/.exec(text)?.[1] ?? '';

  it('goes on from the form to the new ID, with nothing secret in an address', async () => {
    const password = await rig.issued(await rig.begin());
    const form = await open(`${page}?lang=ja`);
    expect(form.headers.get('cache-control')).toBe('no-store');
    expect(form.headers.get('referrer-policy')).toBe('no-referrer');
    expect(form.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'sha256-[^']+';/);
    const visit = visitIn(await form.text());
    expect((await send(page, { visit, password }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send(page, { visit, password: '123' })).status).toBe(422);
    expect(await (await send(`${page}?lang=ja`, { visit, password: rig.wrong(password) })).text()).toContain(
      'このワンタイムパスワードは使えません',
    );
    expect((await open(`${page}/registration`)).status).toBe(410);
    // Pressed twice.
    const pressed = await Promise.all([send(page, { visit, password }), send(page, { visit, password })]);
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    const set = pressed[0].headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^madoguchi-one-time=[\w-]{43}; Path=\/one-time; HttpOnly; SameSite=Strict; Max-Age=3600$/);
    expect(pressed[0].headers.get('location')).toBe('/one-time/registration?lang=ja');
    // Another browser, with the slip.
    const elsewhere = visitIn(await (await fetch(`${rig.central.url}${page}`)).text());
    expect((await send(page, { visit: elsewhere, password })).status).toBe(422);
    cookie = set.split(';')[0] ?? '';

    const account = { loginId: 'phone@example.jp', next: PASSWORD, again: PASSWORD };
    for (const broken of [{ loginId: 'phone' }, { next: 'short', again: 'short' }, { again: 'another1' }]) {
      const answer = await send(`${page}/account?lang=ja`, { ...account, ...broken });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('aria-invalid="true"');
    }
    expect((await send(`${page}/account?lang=ja`, account)).status).toBe(303);
    expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('phone@example.jp に送りました');
    const { text, link } = await rig.mailTo('phone@example.jp');
    expect(text).toContain('認証コードを登録のページに入力してください');
    expect(await (await send(`${page}/code?lang=ja`, { code: '12' })).text()).toContain('数字6桁で入力して');
    expect((await send(`${page}/completion`, { contact: 'id' })).status).toBe(410);
    const confirmed = await fetch(link, { method: 'POST', body: new URLSearchParams() });
    expect(await confirmed.text()).toContain('href="/one-time/registration"');
    for (const lang of LANGUAGES) {
      const shown = await (await open(`${page}/registration?lang=${lang}`)).text();
      expect(shown).toContain('phone@example.jp');
      expect(shown).not.toMatch(/one-time:|codes:|\{\{/);
    }
    const done = await Promise.all([
      send(`${page}/completion`, { contact: 'present' }),
      send(`${page}/completion`, { contact: 'present' }),
    ]);
    expect(done.map(({ status }) => status)).toEqual([303, 303]);
    expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('iTSCOM IDを登録しました');
    expect((await signIn(rig.central.url, 'phone@example.jp', PASSWORD)).customerNumber).toBe('1000000008');
  });

  it('takes the code of the mail, and is over with the half hour', async () => {
    const password = await rig.issued(await rig.begin());
    const visit = visitIn(await (await open(page)).text());
    const redeemed = await send(page, { visit, password });
    cookie = redeemed.headers.get('set-cookie')?.split(';')[0] ?? '';
    await send(`${page}/account?lang=ja`, { loginId: 'code@example.jp', next: PASSWORD, again: PASSWORD });
    const { code } = await rig.mailTo('code@example.jp');
    const another = code === '000000' ? '000001' : '000000';
    expect(await (await send(`${page}/code?lang=ja`, { code: another })).text()).toContain('認証コードが違います');
    const throttle = createSignInThrottle(rig.db);
    const takeAll = async (subject: ThrottleSubject): Promise<number> => {
      for (let taken = 0; ; taken += 1)
        if (!(await throttle.takeTry(subject, rig.central.clocks.system()))) return taken;
    };
    // None was counted at the kiosk; and who locks the kiosk locks nothing here.
    expect(await takeAll({ kind: 'terminal', id: 'T01' })).toBe(TERMINAL_LIMIT.failures);
    const browser = { kind: 'one-time-page', id: '127.0.0.1' } as const;
    expect(await takeAll(browser)).toBe(ONE_TIME_PAGE_LIMIT.failures - 1);
    const stopped = await send(`${page}/code?lang=ja`, { code });
    expect([stopped.status, await stopped.text()]).toEqual([429, expect.stringContaining('5分ほどたってから')]);
    await throttle.giveBack(browser);
    expect((await send(`${page}/code`, { code })).headers.get('location')).toBe('/one-time/registration?lang=ja');
    expect(await (await open(`${page}/registration?lang=ja`)).text()).toContain('登録内容の確認');
    rig.central.clocks.advance(ONE_TIME_LIFE_SECONDS * 1000);
    expect((await open(`${page}/registration`)).status).toBe(410);
    expect((await send(`${page}/completion`, { contact: 'id' })).status).toBe(410);
  });

  it('is nowhere afterwards', () => rig.expectNowhere());
});
