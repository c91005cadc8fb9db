import { type Browser, chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { testSwitches } from '../../tools/chromium-switches.mjs';
import { findChromium } from '../../tools/find-chromium.mjs';
import { textsOf } from '../e2e/texts.ts';
import { type Figure, figureOf, percentile } from './figure.ts';
import { keepPaints } from './paint-times.mjs';
import { enrolTerminal, queueUp, startTerminalProgram, stopProgram } from './waiting-terminal.ts';

const APPLICATIONS = 1_000;
const ROUNDS = 5;
const IDLE_TOUCHES = 120;
/** Fewer say nothing of the 95th percentile. */
const FEWEST_TOUCHES = 30;
/** Below this, a person takes what happens for the touch's own effect. */
const AT_ONCE_MS = 100;

/** Milliseconds of each touch. */
interface Touches {
  readonly idle: readonly number[];
  readonly draining: readonly number[];
}

/** From the touch of a key to the next paint: while what gathered in an outage is sent, against during the outage. */
export async function touchFigures(root: string, folder: string): Promise<Figure[]> {
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on this machine: npm test installs it');
  const browser = await chromium.launch({ executablePath, args: [...testSwitches] });
  try {
    await enrolTerminal(root, central, folder);
    const rounds: Touches[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      queueUp(folder, APPLICATIONS, at * APPLICATIONS);
      rounds.push(await round({ root, folder, central, browser }));
    }
    const p95 = rounds.map(({ idle, draining }) => ({
      measured: percentile(draining, 0.95),
      reference: percentile(idle, 0.95),
    }));
    return [
      figureOf(p95, {
        id: 'touch-while-draining',
        title: `a key's touch to the next paint, p95: draining ${APPLICATIONS} applications ÷ idle`,
        unit: 'ms',
        limit: { kind: 'at-most', ratio: 1.1 },
        note: `p50, p99, most: draining ${inWords(rounds.flatMap(({ draining }) => draining))}; idle ${inWords(
          rounds.flatMap(({ idle }) => idle),
        )}; browser, terminal, central and what touches share this machine`,
      }),
      figureOf(
        p95.map(({ measured }) => ({ measured, reference: AT_ONCE_MS })),
        {
          id: 'touch-at-once',
          title: `a key's touch to the next paint, p95, draining ÷ what is felt as at once`,
          unit: 'ms',
          limit: { kind: 'at-most', ratio: 1 },
          note: null,
        },
      ),
    ];
  } finally {
    await browser.close();
    await central.stop();
  }
}

const inWords = (times: readonly number[]): string =>
  `${[0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(0)).join(', ')} ms of ${times.length}`;

async function round(parts: {
  root: string;
  folder: string;
  central: FakeCentral;
  browser: Browser;
}): Promise<Touches> {
  const { root, folder, central, browser } = parts;
  await central.stop();
  const { program, page: address } = await startTerminalProgram(root, central.url, folder);
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true });
  try {
    const touch = await openKeys(page, address);
    const idle: number[] = [];
    while (idle.length < IDLE_TOUCHES) idle.push(await touch());
    const all = central.booked.length + APPLICATIONS;
    const begun = new Promise<void>((resolve) => {
      central.script = () => {
        resolve();
        return null;
      };
    });
    await central.start();
    await begun;
    const draining: number[] = [];
    while (central.booked.length < all) draining.push(await touch());
    if (draining.length < FEWEST_TOUCHES) throw new Error(`drained within ${draining.length} touches`);
    return { idle, draining };
  } finally {
    await page.close();
    await stopProgram(program);
  }
}

/** @returns touches a key, and tells how long its paint took (ms) */
async function openKeys(page: Page, address: URL): Promise<() => Promise<number>> {
  const t = textsOf('ja');
  await page.goto(address.href);
  // A screen with keys that needs nothing of central's.
  await page.goto(`${address.origin}/?lang=ja#/drafts`);
  await page.getByLabel(t('kept-drafts:number')).tap();
  const keys = page.getByRole('region', { name: t('keyboard.keyboard') });
  const places: { x: number; y: number }[] = [];
  for (const name of ['1', t('keyboard.backspace')]) {
    const box = await keys.getByRole('button', { name, exact: true }).boundingBox();
    if (box === null) throw new Error(`no key ${name}`);
    places.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }
  await page.evaluate(keepPaints);
  let turn = 0;
  return async () => {
    const { x, y } = places[turn % 2] ?? { x: 0, y: 0 };
    turn += 1;
    await page.touchscreen.tap(x, y);
    return z.number().parse(await page.evaluate('nextPaint()'));
  };
}
