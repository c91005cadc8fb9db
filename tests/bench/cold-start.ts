import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { hasElectronBinary, launchElectron } from '../electron/launch.ts';
import { type Figure, figureOf, type Round } from './figure.ts';

const ROUNDS = 7;

/** Ms from the start of the program. */
interface Start {
  readonly painted: number;
  readonly answering: number;
}

/**
 * From the start of the program to the greeting's first paint, and until it can be touched, against the first paint of
 * a window with one word in the same shell.
 */
export async function coldStartFigures(root: string, folder: string): Promise<Figure[]> {
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  try {
    const terminal = join(folder, 'terminal');
    const empty = join(folder, 'empty');
    for (const own of [terminal, empty]) mkdirSync(own, { recursive: true });
    const settings = ['--central', central.url.href, '--data', terminal, '--printer', 'tcp://127.0.0.1:9'];
    const start = () => started([root, ...settings, '--mode', 'self-service']);
    // The first start of a terminal enrols it.
    await start();
    const starts: (Start & { readonly empty: number })[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      const own = await start();
      const reference = await started([join(root, 'tests/electron/sample-app'), `--user-data-dir=${empty}`]);
      starts.push({ ...own, empty: reference.painted });
    }
    const figure = (what: keyof Start, about: Pick<Figure, 'id' | 'title' | 'limit'>): Figure =>
      figureOf(
        starts.map((one): Round => ({ measured: one[what], reference: one.empty })),
        {
          ...about,
          unit: 'ms',
          note: hasElectronBinary
            ? "Electron's own binary"
            : 'the stand-in over Chromium, which hands over all files through its debugging protocol',
        },
      );
    return [
      figure('painted', {
        id: 'cold-start',
        title: 'cold start to the greeting ÷ an empty window in the same shell',
        limit: { kind: 'at-most', ratio: 1.25 },
      }),
      figure('answering', {
        id: 'cold-start-answering',
        title: 'cold start to a greeting that can be touched ÷ an empty window in the same shell',
        limit: null,
      }),
    ];
  } finally {
    await central.stop();
  }
}

/**
 * Epoch ms by the page's own clock, which the operating system's time joins to ours: asking costs nothing that is
 * measured.
 */
const TIMES = `new Promise((resolve) => {
  const look = () => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0];
    if (painted === undefined || document.querySelector('#root[inert]') !== null) setTimeout(look, 5);
    else resolve({ painted: performance.timeOrigin + painted.startTime, answering: performance.timeOrigin + performance.now() });
  };
  look();
})`;

const timesSchema = z.object({ painted: z.number(), answering: z.number() });

async function started(args: readonly string[]): Promise<Start> {
  const start = performance.timeOrigin + performance.now();
  const app = await launchElectron(args);
  try {
    const page = await app.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const { painted, answering } = timesSchema.parse(await page.evaluate(TIMES));
    return { painted: painted - start, answering: answering - start };
  } finally {
    await app.close();
  }
}
