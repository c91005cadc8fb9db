import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../shared/central-api/paths.ts';
import { authorizationServerSchema } from '../shared/central-api/terminal-v1.ts';
import { putEmptyPglite } from '../tests/setup/test-postgres.ts';
import { type Central, createCentral } from './create-central.ts';
import { openSigningKey } from './identity/signing-key.ts';
import { createTokens, type Tokens } from './identity/tokens.ts';
import { shippedIdentityPolicyPath } from './identity/identity-policy.ts';
import { shippedCatalogPath } from './product-catalog/load-catalog.ts';
import { type Answer, call } from './testing/client.ts';
import { expectOk, manualTimers, testClocks } from './testing/test-central.ts';
import { postForm, requestCode } from './testing/test-terminal.ts';

/** A central as an operator runs it: nothing of the demo. */
let central: Central;
let tokens: Tokens;
const folder = mkdtempSync(join(tmpdir(), 'madoguchi-release-'));
const clocks = testClocks();

beforeAll(async () => {
  const rescuePublicKeyFile = join(folder, 'rescue.pem');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  writeFileSync(rescuePublicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const dataDirectory = join(folder, 'data');
  await putEmptyPglite(dataDirectory);
  central = expectOk(
    await createCentral({
      port: 0,
      dataDirectory,
      databaseUrl: null,
      demo: false,
      rescuePublicKeyFile,
      publicUrl: null,
      catalogFile: shippedCatalogPath(import.meta.dirname),
      identityPolicyFile: shippedIdentityPolicyPath(import.meta.dirname),
      mail: null,
      random: () => 0,
      clocks,
      timers: manualTimers(),
      logger: pino({ level: 'fatal' }),
    }),
  );
  tokens = createTokens(expectOk(await openSigningKey(dataDirectory)), clocks);
});
afterAll(async () => {
  await central.close();
  rmSync(folder, { recursive: true });
});

const put = async (path: string, body: unknown, token?: string): Promise<Answer> =>
  call(`${central.url}${path}`, { token: token ?? (await tokens.forOperator(['operator'])), method: 'PUT', body });

it('offers no approval without a manager, and none of the demo’s pages and people', async () => {
  const metadata = await call(`${central.url}${CENTRAL_PATHS.authorizationServer}`);
  expect(authorizationServerSchema.parse(metadata.json()).demo_enrolment_path).toBeUndefined();
  const { userCode } = await requestCode(central.url);
  const approval = await call(`${central.url}/demo/enrolment`, { body: { user_code: userCode } });
  expect(approval.status).toBe(404);
  expect((await call(`${central.url}/demo/mails`, { headers: { accept: 'text/html' } })).status).toBe(404);
  const read = await tokens.forOperator(['tmf.read']);
  const customers = await call(`${central.url}${CENTRAL_PATHS.customer}`, { token: read });
  expect(customers.json()).toEqual([]);
  expect((await signInAtPage('9001', '735192')).status).toBe(401);
});

const signInAtPage = (number: string, pin: string) =>
  fetch(`${central.url}/shop/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: central.url },
    body: new URLSearchParams({ number, pin }),
  });

it('gets its shops and people from the operator, and then a manager in', async () => {
  const shop = { name: '見本町ショップ', phone: '03-1234-5678' };
  expect((await put(`${CENTRAL_PATHS.operatorShop}/S100`, shop)).json()).toEqual({ id: 'S100', ...shop });
  expect((await put(`${CENTRAL_PATHS.operatorShop}/S100`, { ...shop, phone: '0120-000-111' })).status).toBe(200);
  const manager = { name: '見本 店長', role: 'manager', shop: 'S100', active: true, pin: '192837' };
  expect((await put(`${CENTRAL_PATHS.operatorStaff}/7001`, manager)).status).toBe(200);
  const signedIn = await signInAtPage('7001', '192837');
  expect(signedIn.status).toBe(303);
  const { userCode } = await requestCode(central.url);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(`${central.url}/shop/enrolment?user_code=${userCode}`, { headers: { cookie } });
  expect(await page.text()).toContain(shop.name);
  const audit = await call(`${central.url}${CENTRAL_PATHS.auditVerification}`, {
    token: await tokens.forOperator(['tmf.read']),
  });
  // The customers read above, the shop twice, the manager.
  expect(audit.json()).toMatchObject({ status: 'ok', entries: 4 });
});

it('takes no shop that slips could not name, and none from anyone else', async () => {
  const shop = { name: '店', phone: '03-1234-5678' };
  for (const [id, body] of [
    ['S%20100', shop],
    ['S100', { ...shop, name: ' ' }],
    ['S100', { ...shop, phone: 'none' }],
    ['S100', { ...shop, extra: 1 }],
    ['S100', { name: '店' }],
  ] as const) {
    expect((await put(`${CENTRAL_PATHS.operatorShop}/${id}`, body)).status).toBe(400);
  }
  const reading = await tokens.forOperator(['tmf.read']);
  expect((await put(`${CENTRAL_PATHS.operatorShop}/S101`, shop, reading)).status).toBe(403);
  expect((await call(`${central.url}${CENTRAL_PATHS.operatorShop}/S101`, { method: 'PUT', body: shop })).status).toBe(
    401,
  );
});

it('keeps no more than so many codes of one address, until they expire', async () => {
  const ask = async (): Promise<number> => {
    const form = { client_id: 'madoguchi-enrolment', scope: 'enrolment' };
    return (await postForm(`${central.url}${CENTRAL_PATHS.deviceAuthorization}`, form)).status;
  };
  const answers: number[] = [];
  while (answers.length < 60 && answers.at(-1) !== 429) answers.push(await ask());
  expect(answers.at(-1)).toBe(429);
  expect(answers.length).toBeLessThanOrEqual(51);
  clocks.advance(11 * 60_000);
  expect(await ask()).toBe(200);
});
