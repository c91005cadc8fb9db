import { type CDPSession, chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { findChromium } from '../../tools/find-chromium.mjs';
import { demo } from '../builders/demo.ts';
import { textsOf } from '../e2e/texts.ts';
import { startBenchTerminal } from './bench-terminal.ts';
import { type Figure, figureOf } from './figure.ts';
import { runSessions } from './session-script.mjs';

const FEW = 500;
const MANY = 10_000;
/** After each, what the scripted central keeps for its tests is thrown away: it lives in this process too. */
const BATCH = 250;

/** Bytes in use. */
interface Memory {
  readonly backend: number;
  /** Everything but the code that V8 made of what is run often. */
  readonly page: number;
  readonly code: number;
}

const NOTES: Readonly<Record<keyof Memory, (eachMs: number) => string>> = {
  backend: (eachMs) =>
    `what is in use after collecting garbage; a session is sign-in, home, contracts, the first step of a course change, and the end, ${eachMs.toFixed(0)} ms each`,
  page: () => 'likewise, without the compiled code',
  code: () => 'V8 goes on compiling what is run often, less and less: it is bounded by the program',
};

/** A shop's months in minutes: customers come and go in the real page, as fast as it can show them. */
export async function sessionMemoryFigures(root: string, folder: string): Promise<Figure[]> {
  mkdirSync(folder, { recursive: true });
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  const { backend, host } = await startBenchTerminal({ root, central: central.url, dataDir: folder });
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on this machine: npm test installs it');
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(host.url);
    await page.goto(`${new URL(host.url).origin}/?lang=ja#/`);
    const debug = await page.context().newCDPSession(page);
    await debug.send('HeapProfiler.enable');
    let done = 0;
    const runUntil = async (sessions: number): Promise<Memory> => {
      for (; done < sessions; done += BATCH) {
        await page.evaluate(runSessions, script());
        central.requests = [];
      }
      return settled(debug);
    };
    const after500 = await runUntil(FEW);
    const start = performance.now();
    const after10000 = await runUntil(MANY);
    const each = (performance.now() - start) / (MANY - FEW);
    return (['backend', 'page', 'code'] as const).map((side) =>
      figureOf([{ measured: after10000[side] / 1e6, reference: after500[side] / 1e6 }], {
        id: `session-memory-${side}`,
        title: `memory after ${MANY} sessions ÷ after ${FEW} (${side === 'code' ? "the page's compiled code" : side})`,
        unit: 'MB',
        limit: side === 'code' ? null : { kind: 'at-most', ratio: 1.05 },
        note: NOTES[side](each),
      }),
    );
  } finally {
    await browser.close();
    await host.close();
    await backend.close();
    await central.stop();
  }
}

function script(): Parameters<typeof runSessions>[0] {
  const t = textsOf('ja');
  const customer = demo.customers.find(({ number }) => number === '1000000003');
  if (customer?.loginId == null) throw new Error('no demo customer 3');
  return {
    sessions: BATCH,
    loginId: customer.loginId,
    password: demo.password,
    texts: { begin: '日本語', signIn: t('sign-in:submit'), finish: t('finish') },
    home: t('home:title', { name: '' }).trim(),
    contracts: t('contracts:title'),
  };
}

async function settled(debug: CDPSession): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  await debug.send('HeapProfiler.collectGarbage');
  const { usedSize } = await debug.send('Runtime.getHeapUsage');
  const code = await compiledCode(debug);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { backend: heapUsed + external, page: usedSize - code, code };
}

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
  }),
  nodes: z.array(z.number()),
});

/** By a heap snapshot's own kinds. */
async function compiledCode(debug: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  debug.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  debug.off('HeapProfiler.addHeapSnapshotChunk', hear);
  const { snapshot, nodes } = snapshotSchema.parse(JSON.parse(chunks.join('')));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const kind = fields.indexOf('type');
  const size = fields.indexOf('self_size');
  const code = types[0].indexOf('code');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + kind] === code) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}
