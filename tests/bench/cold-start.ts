import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { hasElectronBinary, launchElectron } from '../electron/launch.ts';
import { type Figure, figureOf, type Round } from './figure.ts';

const ROUNDS = 7;

/** From the start of the program to the greeting's first paint, against a window with one word in the same shell. */
export async function coldStartFigures(root: string, folder: string): Promise<Figure[]> {
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  try {
    const terminal = join(folder, 'terminal');
    const empty = join(folder, 'empty');
    for (const own of [terminal, empty]) mkdirSync(own, { recursive: true });
    const settings = ['--central', central.url.href, '--data', terminal, '--printer', 'tcp://127.0.0.1:9'];
    const round = async (): Promise<Round> => ({
      measured: await untilPainted([root, ...settings, '--mode', 'self-service']),
      reference: await untilPainted([join(root, 'tests/electron/sample-app'), `--user-data-dir=${empty}`]),
    });
    // The first start of a terminal enrols it.
    await round();
    const rounds: Round[] = [];
    for (let at = 0; at < ROUNDS; at += 1) rounds.push(await round());
    return [
      figureOf(rounds, {
        id: 'cold-start',
        title: 'cold start to the greeting ÷ an empty window in the same shell',
        unit: 'ms',
        limit: { kind: 'at-most', ratio: 1.25 },
        note: hasElectronBinary
          ? "Electron's own binary"
          : 'the stand-in over Chromium, which hands over all files through its debugging protocol',
      }),
    ];
  } finally {
    await central.stop();
  }
}

/** By the page's own clock, which the operating system's time joins to ours: asking costs nothing that is measured. */
const PAINTED_AT = `new Promise((resolve) => {
  const look = () => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    if (painted === undefined) setTimeout(look, 20);
    else resolve(performance.timeOrigin + painted.startTime);
  };
  look();
})`;

async function untilPainted(args: readonly string[]): Promise<number> {
  const start = performance.timeOrigin + performance.now();
  const app = await launchElectron(args);
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
    return z.number().parse(await page.evaluate(PAINTED_AT)) - start;
  } finally {
    await app.close();
  }
}
