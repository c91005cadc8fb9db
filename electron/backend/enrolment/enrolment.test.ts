import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safe } from '@orpc/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { HOUSE_ERRORS } from '../../../shared/central-api/terminal-v1.ts';
import type { TerminalStatus } from '../../../shared/contract/events.ts';
import type { Backend } from '../build-backend.ts';
import { openDatabase } from '../database/open-database.ts';
import { decrypt } from '../outbox/envelope.ts';
import { OWN_HALF_FILE } from '../outbox/own-half.ts';
import { noProbe } from '../step-probe.ts';
import { RESCUE } from '../testing/fake-central.ts';
import { rescuedKey } from '../testing/rescued-key.ts';
import { type MemoryPage, openMemoryPage } from '../testing/memory-page.ts';
import { planOf, type ShopRig, startShop, startTerminal } from '../testing/shop-rig.ts';

const JIRO = { loginId: 'jiro@example.jp', password: 'Counter2026', language: 'ja' } as const;

let shop: ShopRig;
let backend: Backend;
let page: MemoryPage;
let isOpen = false;

beforeEach(async () => {
  shop = await startShop();
  backend = shop.backend;
  openPage();
  await until({ enrolment: { state: 'enrolled' }, central: 'reachable' });
});
afterEach(async () => {
  await closeTerminal();
  await shop.central.stop();
});

function openPage(): void {
  page = openMemoryPage(backend);
  isOpen = true;
}

async function closeTerminal(): Promise<void> {
  if (!isOpen) return;
  isOpen = false;
  await page.close();
  await backend.close();
}

const status = (): Promise<TerminalStatus> => page.client.terminal.status();
const until = (wanted: object): Promise<void> =>
  vi.waitFor(async () => expect(await status()).toMatchObject(wanted), { timeout: 20_000, interval: 20 });

async function restart(): Promise<void> {
  await closeTerminal();
  backend = startTerminal({ central: shop.central.url.href, dataDir: shop.dataDir }).backend;
  openPage();
}

/** From the next request on, whatever the terminal still has. */
function dismiss(code: string): void {
  const { central } = shop;
  central.dismissal = code;
  for (let token = 1; token <= central.tokens; token += 1) central.rejectedTokens.add(`token-${token}`);
}

/** One that central can't take now, so that it waits. */
async function waitingApplication(): Promise<{ sessionId: string; applicationId: string }> {
  shop.central.script = () => ({ kind: 'status', status: 503 });
  const { sessionId } = await page.client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO });
  const { quote, answers } = await planOf(page.client, sessionId);
  const terms = await page.client.terms.get({ ids: ['common', 'cable-internet', 'price-list'], language: 'ja' });
  const applicationId = uuidv7();
  await page.client.applications.submit({
    sessionId,
    applicationId,
    procedureId: 'internet.change-course',
    answers,
    shownQuote: quote,
    terms: terms.map(({ id, version }) => ({ id, version })),
    language: 'ja',
  });
  expect((await status()).waiting).toBe(1);
  return { sessionId, applicationId };
}

interface StoredRow {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly payload: Buffer;
  readonly rescueKey: Buffer;
}

async function storedRows(): Promise<StoredRow[]> {
  await closeTerminal();
  const opened = openDatabase({ dataDir: shop.dataDir, probe: noProbe });
  if (!opened.ok) throw new Error(opened.error.code);
  const rows = opened.value
    .prepare<[], StoredRow>('select id, state, reason, payload, rescue_wrapped_key as rescueKey from outbox')
    .all();
  opened.value.close();
  return rows;
}

it('is who it was after a restart, also without central, and keeps its key to itself', async () => {
  expect(shop.central.enrolments).toBe(1);
  await shop.central.stop();
  await restart();
  expect(await status()).toMatchObject({ terminalCode: 'T01', enrolment: { state: 'enrolled' } });
  await shop.central.start();
  await until({ central: 'reachable' });
  expect(shop.central.enrolments).toBe(1);
  const files = readdirSync(shop.dataDir).map((name) => readFileSync(join(shop.dataDir, name), 'latin1'));
  for (const plain of ['"kty":"EC"', '"d":"', 'PRIVATE KEY']) {
    expect(files.some((file) => file.includes(plain))).toBe(false);
  }
});

it('revoked: ends sessions, loses its key and keeps the queue for the rescue key; a person lets it in again', async () => {
  const { sessionId, applicationId } = await waitingApplication();
  const half = (): Buffer => readFileSync(join(shop.dataDir, OWN_HALF_FILE));
  const before = half();
  dismiss(HOUSE_ERRORS.terminalRevoked);
  await until({ terminalCode: null, enrolment: { state: 'waiting', cause: 'revoked' }, waiting: 0 });
  expect((await safe(page.client.session.view({ sessionId }))).error).toMatchObject({ code: 'NOT_ENROLLED' });
  expect(await page.client.terminal.heartbeat({ sessionId, staffSessionId: null })).toMatchObject({
    sessionAlive: false,
  });
  expect(half()).not.toEqual(before);

  // The offer to approve itself is there, and a restart makes no difference.
  await restart();
  await until({ enrolment: { state: 'waiting', cause: 'revoked' } });
  expect(shop.central.enrolments).toBe(1);

  const { enrolment } = await status();
  if (enrolment.state !== 'waiting') throw new Error(enrolment.state);
  shop.central.approve(enrolment.code);
  await until({ terminalCode: 'T02', enrolment: { state: 'enrolled' }, central: 'reachable' });
  shop.central.script = () => null;
  const again = await page.client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO });
  expect((await page.client.session.view({ sessionId: again.sessionId })).applications).toEqual([]);

  const [row, ...others] = await storedRows();
  expect(others).toEqual([]);
  if (row === undefined) throw new Error('lost');
  expect(row).toMatchObject({ id: applicationId, state: 'held', reason: 'terminal-revoked' });
  const dataKey = rescuedKey(row.rescueKey, row.id, RESCUE);
  expect(decrypt(dataKey, row.id, row.payload).toString('utf8')).toContain(applicationId);
  expect(shop.central.booked).toEqual([]);
});

it('unknown to central: keeps its key and its queue, enrols anew by itself and sends what waits', async () => {
  const { applicationId } = await waitingApplication();
  dismiss(HOUSE_ERRORS.terminalUnknown);
  await until({ terminalCode: 'T02', enrolment: { state: 'enrolled' }, central: 'reachable', waiting: 1 });
  shop.central.script = () => null;
  await vi.waitFor(() => expect(shop.central.booked).toEqual([applicationId]), { timeout: 20_000 });
});

it('does not take a refusal for a revocation', async () => {
  dismiss(HOUSE_ERRORS.terminalRefused);
  await until({ central: 'unreachable' });
  expect(await status()).toMatchObject({ terminalCode: 'T01', enrolment: { state: 'enrolled' } });
  shop.central.dismissal = null;
  await until({ central: 'reachable' });
  expect(shop.central.enrolments).toBe(1);
});

it('shows a new code when nobody approved the old one, and says when central is away', async () => {
  shop.central.codeSeconds = 1;
  dismiss(HOUSE_ERRORS.terminalRevoked);
  await until({ enrolment: { state: 'waiting' } });
  const first = await status();
  await vi.waitFor(
    async () => {
      const { enrolment } = await status();
      expect(enrolment.state).toBe('waiting');
      expect(enrolment).not.toEqual(first.enrolment);
    },
    { timeout: 20_000 },
  );
  shop.central.codeSeconds = 600;
  const { codes } = shop.central;
  await until({ enrolment: { state: 'waiting', code: `CODE-000${codes + 1}`, isReachable: true } });
  const { enrolment } = await status();
  await shop.central.stop();
  await until({ enrolment: { ...enrolment, isReachable: false } });
  await shop.central.start();
  await until({ enrolment });
});
