import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { putEmptyPglite } from '../../tests/setup/test-postgres.ts';
import { type Central, createCentral } from '../create-central.ts';
import { openSigningKey, type SigningKey } from '../identity/signing-key.ts';
import { createTokens, type Tokens } from '../identity/tokens.ts';
import type { MailSettings } from '../mail/mail-settings.ts';
import type { Clocks, Timers } from '../ports.ts';
import { shippedIdentityPolicyPath } from '../identity/identity-policy.ts';
import { shippedCatalogPath } from '../product-catalog/load-catalog.ts';

/** Wednesday noon in Tokyo, in the middle of a month. */
export const BUSINESS_START = Date.parse('2026-11-18T12:00:00+09:00');

export interface TestCentral {
  readonly url: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  readonly clocks: TestClocks;
  readonly timers: ManualTimers;
  readonly tokens: Tokens;
  readonly key: SigningKey;
  /** Closes and opens again on the same data; `url` changes. @param catalogFile of what is sold from then on */
  restart(catalogFile?: string): Promise<TestCentral>;
  /**
   * Another central on the same data, as a second process would be (PostgreSQL only).
   * @param skew ms by which its system clock is ahead of this one's
   */
  second(skew?: number): Promise<TestCentral>;
  /** Closes and opens again on the same data as an operator's own. @param rescuePublicKeyFile SPKI PEM */
  withoutDemo(rescuePublicKeyFile: string): Promise<TestCentral>;
  close(): Promise<void>;
  /** Closes and removes the data. */
  dispose(): Promise<void>;
}

export interface TestClocks extends Clocks {
  /** Moves both clocks. */
  advance(ms: number): void;
}

export interface ManualTimers extends Timers {
  /** Runs what waits, whatever its time. */
  fire(): void;
}

/**
 * @param databaseUrl an empty database; null: PGlite
 * @param mail null: the demo's own catcher
 * @param publicUrl null: the address that it listens on
 */
export async function startTestCentral(
  databaseUrl: string | null,
  mail: MailSettings | null = null,
  publicUrl: string | null = null,
): Promise<TestCentral> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'madoguchi-central-'));
  if (databaseUrl === null) await putEmptyPglite(dataDirectory);
  return openCentral(
    dataDirectory,
    databaseUrl,
    testClocks(),
    mail,
    publicUrl,
    shippedCatalogPath(import.meta.dirname),
  );
}

async function openCentral(
  dataDirectory: string,
  databaseUrl: string | null,
  clocks: TestClocks,
  mail: MailSettings | null,
  publicUrl: string | null,
  catalogFile: string,
  rescuePublicKeyFile: string | null = null,
): Promise<TestCentral> {
  const timers = manualTimers();
  const central = await createCentral({
    port: 0,
    dataDirectory,
    databaseUrl,
    demo: rescuePublicKeyFile === null,
    rescuePublicKeyFile,
    publicUrl,
    catalogFile,
    identityPolicyFile: shippedIdentityPolicyPath(import.meta.dirname),
    mail,
    random: () => 0,
    clocks,
    timers,
    logger: pino({ level: 'fatal' }),
  });
  const { url, close } = expectOk<Central>(central);
  const key = expectOk(await openSigningKey(dataDirectory));
  return {
    url,
    dataDirectory,
    databaseUrl,
    clocks,
    timers,
    key,
    tokens: createTokens(key, clocks),
    close,
    restart: async (file = catalogFile) => {
      await close();
      return openCentral(dataDirectory, databaseUrl, clocks, mail, publicUrl, file);
    },
    second: (skew = 0) => {
      const skewed = { ...clocks, system: () => clocks.system() + skew };
      return openCentral(dataDirectory, databaseUrl, skewed, mail, publicUrl, catalogFile);
    },
    withoutDemo: async (file) => {
      await close();
      return openCentral(dataDirectory, databaseUrl, clocks, mail, publicUrl, catalogFile, file);
    },
    dispose: async () => {
      await close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** They stand still unless moved, so that nothing falls due because a machine is slow. */
export function testClocks(): TestClocks {
  const started = Date.now();
  let moved = 0;
  return {
    system: () => started + moved,
    business: () => BUSINESS_START + moved,
    advance: (ms) => {
      moved += ms;
    },
  };
}

export function manualTimers(): ManualTimers {
  let waiting: (() => void)[] = [];
  return {
    after: (_ms, action) => {
      waiting.push(action);
      return () => {
        waiting = waiting.filter((one) => one !== action);
      };
    },
    fire: () => {
      for (const action of waiting.splice(0)) action();
    },
  };
}

export function expectOk<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) expect.fail(`expected ok, got ${JSON.stringify(result.error)}`);
  return result.value;
}
