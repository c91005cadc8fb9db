import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
import { createCentral } from '../../../central/create-central.ts';
import { createLogger as createCentralLogger } from '../../../central/logger.ts';
import { openSigningKey } from '../../../central/identity/signing-key.ts';
import { createTokens } from '../../../central/identity/tokens.ts';
import { clocksFrom, systemTimers as centralTimers } from '../../../central/ports.ts';
import { shippedCatalogPath } from '../../../central/product-catalog/load-catalog.ts';
import { createAnyDatabase } from '../../../tests/setup/test-postgres.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import type { ReceiptOutcome } from '../../../shared/contract/events.ts';
import { type Backend, buildBackend } from '../build-backend.ts';
import { type IdReader, noIdReader } from '../devices/id-reader/id-reader.ts';
import { createLogger } from '../log/logger.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { systemTimers, type Timers } from '../ports.ts';
import { settingsSchema } from '../settings/settings.ts';
import { noProbe } from '../step-probe.ts';
import type { IdentityPolicy } from '../../../shared/domain/identity-policy.ts';
import { type MemoryPage, openMemoryPage } from './memory-page.ts';
import { planOf, RESOURCES_DIR } from './shop-rig.ts';
import type { Draw } from '../drawing/drawing-job.ts';
import { drawHere } from './draw-here.ts';

/** A staff terminal's whole backend between a central with demo data and a printer, all of them real. */
export interface CounterRig {
  readonly client: MemoryPage['client'];
  readonly sessions: Backend['sessions'];
  readonly printer: VirtualPrinter;
  readonly dataDir: string;
  readonly logs: readonly string[];
  readonly centralLogs: readonly string[];
  /** Address of central, and its data folder. */
  readonly central: URL;
  readonly centralData: string;
  /** Of its PostgreSQL; null: PGlite. */
  readonly databaseUrl: string | null;
  /** For what operators do at central. */
  operatorToken(): Promise<string>;
  /** Without the terminal noticing. */
  cutCentral(): Promise<void>;
  stopCentral(): Promise<void>;
  /** Comes back under the same address. @param business what its business clock says then */
  startCentral(business?: number): Promise<void>;
  /** @returns the staff session */
  signIn(who?: { readonly number: string; readonly pin: string }): Promise<string>;
  /** A change of course. @param staffSessionId null: the customer signs in alone */
  applyFor(customerNumber: string, staffSessionId: string | null): Promise<ReceiptOutcome>;
  /** The same, in a session that is open. */
  applyIn(sessionId: string): Promise<ReceiptOutcome>;
  close(): Promise<void>;
}

const TERMS = ['common', 'cable-internet', 'price-list'] as const;
const LOGINS: Readonly<Record<string, string>> = {
  '1000000001': 'taro@example.jp',
  '1000000003': 'jiro@example.jp',
};
const STAFF = { number: '1001', pin: '248163' };

/**
 * @param businessNow the terminal's business clock
 * @param before what the terminal talks to in place of central
 * @param timers the terminal's
 * @param idReader beside its screen
 * @param policy of the operator's; null: the one that ships
 */
export async function startCounter(
  businessNow: () => number = Date.now,
  before: (central: URL) => Promise<URL> = (central) => Promise.resolve(central),
  timers: Timers = systemTimers,
  idReader: IdReader = noIdReader,
  policy: IdentityPolicy | null = null,
  draw: Draw = drawHere,
): Promise<CounterRig> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-'));
  const dataDir = join(folder, 'terminal');
  const centralData = join(folder, 'central');
  const resourcesDir = policy === null ? RESOURCES_DIR : resourcesWith(policy, join(folder, 'resources'));
  const databaseUrl = await createAnyDatabase('counter');
  const centralLogs: string[] = [];
  const openCentral = async (port: number, business: number | null = null) => {
    const opened = await createCentral({
      port,
      dataDirectory: centralData,
      databaseUrl,
      demo: true,
      rescuePublicKeyFile: null,
      publicUrl: null,
      catalogFile: shippedCatalogPath(join(RESOURCES_DIR, '../central')),
      identityPolicyFile: join(resourcesDir, 'identity', 'policy.json'),
      mail: null,
      random: () => 0,
      clocks: clocksFrom(business),
      timers: centralTimers,
      logger: createCentralLogger({ write: (line) => centralLogs.push(line) }),
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    return opened.value;
  };
  let central = await openCentral(0);
  const address = new URL(central.url);
  const printer = await createVirtualPrinter({ port: 0, columns: 48, out: null, log: () => undefined });
  if (!printer.ok) throw new Error(printer.error);
  const logs: string[] = [];
  const spokenTo = await before(address);
  const backend = buildBackend({
    settings: settingsSchema.parse({ central: spokenTo.href, printer: printer.value.address, mode: 'staff' }),
    dataDir,
    resourcesDir,
    businessClock: () => businessNow,
    keyStore: keyInFile(dataDir),
    draw,
    idReader,
    log: createLogger((line) => logs.push(line)),
    ports: {
      system: Date.now,
      monotonic: () => performance.now(),
      timers,
      random: () => 0.05,
      probe: noProbe,
    },
  });
  if (!backend.ok) throw new Error(backend.error.code);
  const page = openMemoryPage(backend.value);
  const { client } = page;
  await backend.value.whenSettled();
  const reaches = (state: 'reachable' | 'unreachable') =>
    vi.waitFor(
      async () => {
        if ((await client.terminal.status()).central !== state) throw new Error(`central is not ${state} yet`);
      },
      { timeout: 20_000, interval: 20 },
    );
  await reaches('reachable');
  return {
    client,
    sessions: backend.value.sessions,
    printer: printer.value,
    dataDir,
    logs,
    centralLogs,
    central: address,
    centralData,
    databaseUrl,
    operatorToken: async () => {
      const key = await openSigningKey(centralData);
      if (!key.ok) throw new Error(JSON.stringify(key.error));
      return createTokens(key.value, clocksFrom(null)).forOperator(['operator', 'tmf.write']);
    },
    cutCentral: () => central.close(),
    stopCentral: async () => {
      await central.close();
      // A test along the chain finds it out at once.
      const staffSessionId = await signIn();
      await client.devices.testCentral({ staffSessionId });
      await reaches('unreachable');
    },
    startCentral: async (business) => {
      central = await openCentral(Number(address.port), business);
      await reaches('reachable');
    },
    signIn,
    applyFor: async (customerNumber, staffSessionId) => applyIn(await openSession(customerNumber, staffSessionId)),
    applyIn,
    close: async () => {
      await page.close();
      await backend.value.close();
      await printer.value.close();
      await central.close();
      rmSync(folder, { recursive: true });
    },
  };

  async function applyIn(sessionId: string): Promise<ReceiptOutcome> {
    const { quote, answers } = await planOf(client, sessionId, businessNow());
    const terms = await client.terms.get({ ids: [...TERMS], language: 'ja' });
    return client.applications.submit({
      sessionId,
      applicationId: uuidv7(),
      procedureId: 'internet.change-course',
      answers,
      shownQuote: quote,
      terms: terms.map(({ id, version }) => ({ id, version })),
      language: 'ja',
    });
  }

  async function openSession(customerNumber: string, staffSessionId: string | null): Promise<string> {
    if (staffSessionId !== null) {
      const opened = { staffSessionId, customerNumber, identityMethod: 'drivers-licence' } as const;
      return (await client.staff.openCustomer(opened)).sessionId;
    }
    const customer = { loginId: LOGINS[customerNumber] ?? '', password: 'Counter2026', language: 'ja' } as const;
    return (await client.session.signIn({ requestId: crypto.randomUUID(), ...customer })).sessionId;
  }

  async function signIn(who = STAFF): Promise<string> {
    return (await client.staff.signIn(who)).staffSessionId;
  }
}

/** The resources that ship, under another policy. */
function resourcesWith(policy: IdentityPolicy, folder: string): string {
  mkdirSync(join(folder, 'identity'), { recursive: true });
  writeFileSync(join(folder, 'identity', 'policy.json'), JSON.stringify(policy));
  for (const name of readdirSync(RESOURCES_DIR)) {
    if (name !== 'identity') symlinkSync(join(RESOURCES_DIR, name), join(folder, name));
  }
  return folder;
}
