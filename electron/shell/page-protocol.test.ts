import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NONCE_PLACE } from '../backend/page-files/nonce-place.ts';
import { servePage } from './page-protocol.ts';
import { serviceAddress } from './service-screen.ts';

let folder = '';
let answer: (request: Request) => Promise<Response>;
const get = (url: string, method = 'GET'): Promise<Response> => answer(new Request(url, { method }));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-protocol-'));
  const rendererDir = join(folder, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-other'));
  writeFileSync(
    join(rendererDir, 'index.html'),
    `<!doctype html><html><head><style nonce="${NONCE_PLACE}"></style></head><body>page</body></html>`,
  );
  writeFileSync(
    join(rendererDir, 'service.html'),
    '<!doctype html><html><head></head><body><main><!-- service --></main></body></html>',
  );
  writeFileSync(join(rendererDir, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(rendererDir, 'assets', 'main.js.map'), '{}');
  writeFileSync(join(folder, 'secret.json'), '{"central":"https://central.example"}');
  writeFileSync(join(folder, 'renderer-other', 'beside.js'), 'secret');
  answer = servePage(rendererDir);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('app://', () => {
  it('serves the page with a strict policy, which no answer is without', async () => {
    const page = await get('app://madoguchi/?lang=ko#/procedures/x');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'self';",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:|ws:/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(await page.text()).toContain(`nonce="${nonce}"`);
    const again = await get('app://madoguchi/');
    expect(again.headers.get('content-security-policy')).not.toContain(nonce);
  });

  it.each(['app://madoguchi/', 'app://madoguchi/assets/main.js', 'app://madoguchi/none.js', 'app://other/'])(
    '%s carries nosniff and no referrer',
    async (url) => {
      const { headers } = await get(url);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it('serves the files of the build as what they are', async () => {
    const script = await get('app://madoguchi/assets/main.js');
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('export {};');
  });

  it.each([
    'app://madoguchi/../secret.json',
    'app://madoguchi/..%2fsecret.json',
    'app://madoguchi/%2e%2e/secret.json',
    'app://madoguchi/assets/..%2f..%2fsecret.json',
    'app://madoguchi/..%2frenderer-other%2fbeside.js',
    'app://madoguchi/%2fetc%2fhosts.json',
    'app://madoguchi//etc/hosts.json',
    'app://madoguchi/..%5csecret.json',
    'app://madoguchi/%00.js',
    'app://madoguchi/%E0%A4%A.js',
    'app://madoguchi/assets/main.js.map',
    'app://madoguchi/none.js',
  ])('gives nothing for %s', async (url) => {
    const reply = await get(url);
    expect(reply.status).toBe(404);
    expect(await reply.text()).toBe('');
  });

  it('knows one host and one method', async () => {
    for (const url of ['app://other/', 'app://madoguchi.example/', 'app://madoguchi:81/']) {
      expect((await get(url)).status).toBe(403);
    }
    for (const method of ['POST', 'PUT', 'HEAD', 'DELETE']) {
      expect((await get('app://madoguchi/', method)).status).toBe(403);
    }
  });
});

describe('the service screen', () => {
  it('says in four languages, without any script, that the terminal is out of use, and shows the code', async () => {
    const page = await get(serviceAddress({ code: 'settings-invalid', path: 'printer' }));
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    for (const language of ['ja', 'en', 'zh', 'ko'])
      expect(html).toContain(`<section class="service__message" lang="${language}">`);
    expect(html).toContain('>settings-invalid printer<');
    expect(html).not.toContain('<script');
  });

  it('shows nothing that is no code', async () => {
    const html = await (await get('app://madoguchi/service.html?code=<script>alert(1)</script>')).text();
    expect(html).not.toContain('alert');
    expect(html).toContain('>unknown<');
  });
});
