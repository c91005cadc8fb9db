import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { testSwitches } from '../../tools/chromium-switches.mjs';
import { findChromium } from '../../tools/find-chromium.mjs';
import { demo } from '../builders/demo.ts';
import { textsOf } from '../e2e/texts.ts';
import { startBenchTerminal } from './bench-terminal.ts';
import { type Figure, figureOf } from './figure.ts';
import { type Memory, settled } from './memory.ts';
import { giveHands } from './page-hands.mjs';
import { runSessions } from './session-script.mjs';

const FEW = 500;
const MANY = 10_000;
/** After each, what the scripted central keeps for its tests is thrown away: it lives in this process too. */
const BATCH = 250;

const OTHER_LANGUAGES = LANGUAGES.filter((language) => language !== 'ja');

const NOTES: Readonly<Record<keyof Memory, (eachMs: number) => string>> = {
  backend: (eachMs) =>
    `what is in use after collecting garbage; a session is sign-in, home, contracts, the first step of a course change, and the end, ${eachMs.toFixed(0)} ms each`,
  page: () => 'likewise: objects, strings and the document, by a heap snapshot',
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
  const browser = await chromium.launch({ executablePath, args: [...testSwitches] });
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } });
    await page.goto(host.url);
    // A greeting that stands for a moment fetches the other languages, once: these customers leave it no moment.
    const otherLanguages = Promise.all(
      OTHER_LANGUAGES.map((language) =>
        page.waitForResponse((response) => new URL(response.url()).pathname.startsWith(`/assets/${language}-`)),
      ),
    );
    await page.goto(`${new URL(host.url).origin}/?lang=ja#/`);
    await otherLanguages;
    await page.evaluate(giveHands);
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
