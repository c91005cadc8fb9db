import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cameraFigures } from './camera.ts';
import { coldStartFigures } from './cold-start.ts';
import { drainFigures } from './drain.ts';
import { enqueueFigures } from './enqueue.ts';
import { isMet, type Figure } from './figure.ts';
import { firstScreenFigures } from './first-screen.ts';
import { herdFigures } from './herd.ts';
import { orderFigures } from './orders.ts';
import { pageEndFigures } from './page-end.ts';
import { peerFigures } from './peers/peers.ts';
import { tableOf } from './report.ts';
import { restartFigures } from './restart.ts';
import { sessionMemoryFigures } from './session-memory.ts';
import { slipFigures } from './slip.ts';
import { touchFigures } from './touch.ts';

/** Bundled into `out/bench/`. */
const root = fileURLToPath(new URL('../../', import.meta.url));
const data = join(root, '.data');
/** So that one group can be measured again without the hour and a half of all. */
const wanted = process.argv.slice(2);

const steps: readonly [string, (own: string) => Figure[] | Promise<Figure[]>][] = [
  ['enqueue', enqueueFigures],
  ['drain', (own) => drainFigures(root, own)],
  ['restart', (own) => restartFigures(root, own)],
  ['touch', (own) => touchFigures(root, own)],
  ['peers', (own) => peerFigures(root, own)],
  ['orders', (own) => orderFigures(root, own)],
  ['herd', herdFigures],
  ['slip', slipFigures],
  ['first-screen', (own) => firstScreenFigures(root, own)],
  ['cold-start', (own) => coldStartFigures(root, own)],
  ['page-end', (own) => pageEndFigures(root, own)],
  ['camera', (own) => cameraFigures(root, own)],
  ['session-memory', (own) => sessionMemoryFigures(root, own)],
];
const unknown = wanted.find((one) => !steps.some(([name]) => name === one));
if (unknown !== undefined) {
  process.stderr.write(`no figures are called ${JSON.stringify(unknown)}: ${steps.map(([name]) => name).join(', ')}\n`);
  process.exit(2);
}
mkdirSync(data, { recursive: true });
// On the disk that the terminal's data is on, not in a folder that may be memory.
const folder = mkdtempSync(join(data, 'bench-'));
const figures: Figure[] = [];
try {
  for (const [name, measure] of steps) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    const own = join(folder, name);
    mkdirSync(own);
    figures.push(...(await measure(own)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
const machine = { node: process.version, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
const report = {
  measuredAt: new Date().toISOString(),
  machine,
  figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
};
// What was measured alone is no picture of all.
if (wanted.length === 0) writeFileSync(join(data, 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(tableOf(figures));
