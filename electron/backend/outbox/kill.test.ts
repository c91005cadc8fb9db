import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEPS } from '../step-probe.ts';
import { bundleForNode } from '../testing/bundle.ts';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { openOutbox } from '../testing/sync-rig.ts';

/** Inside the repository, so that the bundle finds the native modules. */
const scratch = join(import.meta.dirname, '../../../out/kill-test');
let folder = '';
let harness = '';

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, 'run-'));
  harness = await bundleForNode(join(import.meta.dirname, '../testing/kill-harness.ts'), folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  input: Record<string, unknown>,
): Promise<{ acked: string[]; signal: string | null; drained: boolean }> {
  const child = spawn(process.execPath, [harness, JSON.stringify({ rescuePem: RESCUE_PUBLIC_PEM, ...input })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const signal = await new Promise<string | null>((resolve) => child.on('close', (_code, by) => resolve(by)));
  const acked = [...output.matchAll(/^acked (\S+)$/gm)].flatMap((match) => match[1] ?? []);
  return { acked, signal, drained: output.includes('drained') };
}

it.each(STEPS.flatMap((step) => [[step, 1] as const, [step, 2] as const]))(
  'killed at %s (time %i), everything acknowledged is at central exactly once',
  async (step, killOn) => {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    const central = new FakeCentral();
    if (step === 'send.looked-up') central.script = (_id, attempt) => (attempt === 1 ? { kind: 'lost-answer' } : null);
    await central.start();
    const common = { dataDir, central: central.url.href };
    const first = await run({ ...common, applications: 4, killAt: step, killOn });
    const survives =
      killOn === 2 &&
      ['migrate.applied', 'migrate.committed', 'erase.keys-deleted', 'erase.checkpointed'].includes(step);
    if (!survives) expect(first.signal).toBe('SIGKILL');
    const second = await run({ ...common, applications: 0, killAt: null, killOn: 0 });
    expect(second.drained).toBe(true);
    const booked = central.booked;
    expect(new Set(booked).size).toBe(booked.length);
    expect(booked).toEqual(expect.arrayContaining(first.acked));
    const { db, outbox } = openOutbox({ dataDir });
    expect(outbox.waitingCount()).toBe(0);
    for (const id of first.acked) {
      expect(outbox.find(id)).toMatchObject({ state: 'accepted' });
      expect(outbox.payloadOf(id)).toBeNull();
    }
    db.close();
    await central.stop();
  },
  30_000,
);
