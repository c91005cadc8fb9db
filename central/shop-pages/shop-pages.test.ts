import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { tokenResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { call } from '../testing/client.ts';
import { MANAGER, STAFF } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { collect, enrolByDemo, makeTerminal, register, requestCode } from '../testing/test-terminal.ts';

interface Page {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** A browser without script: keeps cookies, follows nothing by itself. */
class Browser {
  private readonly cookies = new Map<string, string>();
  private readonly url: string;
  constructor(url: string) {
    this.url = url;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.ask(path, { headers });
  }

  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return this.ask(path, { method: 'POST', body: new URLSearchParams(form), headers });
  }

  async signIn(who: { number: string; pin: string } = MANAGER): Promise<Page> {
    return this.post('/shop/sign-in', { ...who, next: '/shop/terminals' });
  }

  /** The token in the forms of a page. */
  async csrf(path = '/shop/terminals'): Promise<string> {
    return /name="csrf" value="([^"]+)"/.exec((await this.get(path)).text)?.[1] ?? '';
  }

  private async ask(
    path: string,
    init: { method?: string; body?: URLSearchParams; headers: Record<string, string> },
  ): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie },
    });
    for (const set of response.headers.getSetCookie()) {
      expect(set).toMatch(/; HttpOnly; SameSite=Strict/);
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    if (!path.endsWith('.css')) {
      expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  }
}

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])("central's pages for managers on %s", (store) => {
  let central: TestCentral;
  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('shop_pages') : null);
  });
  afterAll(() => central.dispose());

  async function signedIn(): Promise<Browser> {
    const browser = new Browser(central.url);
    expect(await browser.signIn()).toMatchObject({ status: 303, location: '/shop/terminals' });
    return browser;
  }
  const approve = async (browser: Browser, userCode: string, terminalCode: string): Promise<Page> =>
    browser.post('/shop/enrolment', {
      csrf: await browser.csrf(),
      user_code: userCode,
      shop: 'S001',
      terminal_code: terminalCode,
    });

  it('lets managers in and nobody else, and sends nobody to other sites', async () => {
    const browser = new Browser(central.url);
    expect(await browser.get('/shop')).toMatchObject({ status: 303, location: '/shop/terminals' });
    expect(await browser.get('/shop/enrolment?user_code=BCDF-GHJK')).toMatchObject({
      status: 303,
      location: '/shop/sign-in?next=%2Fshop%2Fenrolment%3Fuser_code%3DBCDF-GHJK',
    });
    expect((await browser.signIn({ number: '9001', pin: '000000' })).status).toBe(401);
    const staff = await browser.signIn(STAFF);
    expect(staff.status).toBe(403);
    expect(staff.text).toContain('店長だけが使えます');
    expect((await browser.get('/shop/terminals')).status).toBe(303);
    for (const next of ['https://evil.example', '//evil.example', '/shop/../x y', '/other']) {
      const page = await browser.post('/shop/sign-in', { ...MANAGER, next });
      expect(page, next).toMatchObject({ status: 303, location: '/shop/terminals' });
    }
    expect((await browser.get('/shop/terminals')).status).toBe(200);
    await browser.post('/shop/sign-out', { csrf: await browser.csrf() });
    expect((await browser.get('/shop/terminals')).status).toBe(303);
  });

  it('ends a session after half an hour', async () => {
    const browser = await signedIn();
    central.clocks.advance(31 * 60 * 1000);
    expect((await browser.get('/shop/terminals')).status).toBe(303);
  });

  it('approves a code once, under a code that no machine had, and lets the terminal in', async () => {
    const browser = await signedIn();
    const terminal = await makeTerminal();
    const { deviceCode, userCode } = await requestCode(central.url);
    const shown = await browser.get(`/shop/enrolment?user_code=${userCode.toLowerCase().replace('-', ' ')}`);
    expect(shown.status).toBe(200);
    for (const text of [userCode, 'デモショップ', '127.0.0.1']) expect(shown.text).toContain(text);
    expect((await approve(browser, userCode, 'no code')).status).toBe(422);
    const approved = await approve(browser, userCode, 'k07');
    expect(approved.status).toBe(200);
    expect(approved.text).toContain('K07 を登録しました');
    for (const again of [
      await approve(browser, userCode, 'K08'),
      await browser.get(`/shop/enrolment?user_code=${userCode}`),
    ]) {
      expect(again.status).toBe(404);
      expect(again.text).toContain('すでに登録に使われました');
    }
    const token = tokenResponseSchema.parse((await collect(central.url, deviceCode)).json).access_token;
    expect((await register(central.url, token, terminal.publicJwk)).json).toMatchObject({ terminal_code: 'K07' });
    expect((await terminal.token(central.url)).status).toBe(200);

    const other = await requestCode(central.url);
    const taken = await approve(browser, other.userCode, 'K07');
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('この端末番号は使われています');
    const both = await Promise.all([approve(browser, other.userCode, 'K09'), approve(browser, other.userCode, 'K10')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('says of an unknown and of an expired code what is wrong', async () => {
    const { userCode } = await requestCode(central.url);
    central.clocks.advance(11 * 60 * 1000);
    const browser = await signedIn();
    expect((await browser.get(`/shop/enrolment?user_code=${userCode}`)).text).toContain('期限が切れました');
    expect((await approve(browser, userCode, 'K20')).text).toContain('期限が切れました');
    expect((await browser.get('/shop/enrolment?user_code=ZZZZ-ZZZZ')).text).toContain('このコードの端末はありません');
  });

  it('takes no form of another site, without its token, or for another shop', async () => {
    const browser = await signedIn();
    const { userCode } = await requestCode(central.url);
    const form = { user_code: userCode, shop: 'S001', terminal_code: 'K30' };
    const csrf = await browser.csrf();
    expect((await browser.post('/shop/enrolment', form)).status).toBe(403);
    expect((await browser.post('/shop/enrolment', { ...form, csrf: `${csrf}x` })).status).toBe(403);
    const elsewhere = await (await signedIn()).csrf();
    expect((await browser.post('/shop/enrolment', { ...form, csrf: elsewhere })).status).toBe(403);
    const cross = { 'sec-fetch-site': 'cross-site' };
    expect((await browser.post('/shop/enrolment', { ...form, csrf }, cross)).status).toBe(403);
    expect((await browser.post('/shop/sign-in', { ...MANAGER, next: '/shop' }, cross)).status).toBe(403);
    expect((await browser.post('/shop/enrolment', { ...form, csrf, shop: 'S002' })).status).toBe(422);
    expect((await browser.get(`/shop/enrolment?user_code=${userCode}`)).status).toBe(200);
  });

  it('revokes a terminal after asking, and shows what became of it in four languages', async () => {
    const terminal = await makeTerminal();
    const code = await enrolByDemo(central.url, terminal);
    const browser = await signedIn();
    expect((await browser.get('/shop/terminals')).text).toContain(`${code} を取り消す`);
    const path = `/shop/terminals/${code}/revocation`;
    expect((await browser.get(path)).text).toContain('取り消しますか');
    expect((await terminal.token(central.url)).status).toBe(200);
    expect((await browser.post(path, { csrf: 'guess' })).status).toBe(403);
    const done = await browser.post(path, { csrf: await browser.csrf() });
    expect(done).toMatchObject({ status: 303, location: `/shop/terminals?revoked=${code}` });
    expect((await terminal.token(central.url)).json).toMatchObject({ code: 'terminal-revoked' });
    expect((await browser.get('/shop/terminals/T99/revocation')).status).toBe(404);
    for (const [lang, text] of [
      ['en', 'Taken out of service'],
      ['zh', '已取消'],
      ['ko', '취소됨'],
      ['ja', '取り消し済み'],
    ] as const) {
      expect((await browser.get(`/shop/terminals?lang=${lang}`)).text).toContain(text);
      expect((await browser.get('/shop/terminals')).text).toContain(text);
    }
    const list = await call(`${central.url}${CENTRAL_PATHS.operatorTerminal}/${code}`, {
      token: await central.tokens.forOperator(['tmf.read']),
    });
    expect(z.looseObject({ revokedBy: z.string() }).parse(list.json())).toMatchObject({ revokedBy: '9001' });
  });

  it('locks a manager after five wrong PINs like staff at a terminal', async () => {
    const browser = new Browser(central.url);
    for (let miss = 0; miss < 5; miss += 1) await browser.signIn({ number: '9001', pin: `00000${miss}` });
    expect((await browser.signIn()).status).toBe(401);
  });
});
