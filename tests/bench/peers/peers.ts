import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleForNode } from '../../../electron/backend/testing/bundle.ts';
import { type Figure, figureOf, type Limit, type Round } from '../figure.ts';
import { atCentral, end, type Field, live, OURS } from './lives.ts';

/** SQLite job queues that a developer would pick. */
const PEERS: readonly { readonly name: string; readonly limit: Limit; readonly sends: boolean }[] = [
  { name: 'plainjob', limit: { kind: 'at-least', ratio: 1 }, sends: true },
  // Its runner asks for jobs in a way that this better-sqlite3 refuses: what it takes is measured, not what it sends.
  { name: 'liteque', limit: { kind: 'at-least', ratio: 2 }, sends: false },
];
/** It keeps jobs in memory only: whoever kills it must see that, or the kills prove nothing of the others either. */
const CONTROL = 'better-queue';

const ROUNDS = 5;
const APPLICATIONS = 400;
const KILLS = 10;
const APPLICATIONS_BEFORE_KILL = 30;
const KILL_WITHIN_MS = 5;
/** Longer than any of them takes to see that a job's process ended. */
const QUIET_MS = 4_000;

/** The same applications through our outbox and through others' queues, in processes that are killed. */
export async function peerFigures(root: string, folder: string): Promise<Figure[]> {
  const programs = join(root, 'out/bench-programs');
  mkdirSync(programs, { recursive: true });
  const ours = await bundleForNode(join(root, 'tests/bench/peers/our-process.ts'), programs);
  const server = spawn(process.execPath, [join(root, 'tests/bench/order-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const [port] = z.tuple([z.instanceof(Buffer)]).parse(await once(server.stdout, 'data'));
    const central = `http://127.0.0.1:${port.toString().trim()}`;
    const field: Field = { ours, peer: join(root, 'tests/bench/peers/peer-process.mjs'), folder, central };
    const ourFate = inWords(await fateOf(OURS, field));
    const control = await fateOf(CONTROL, field);
    if (control.lost === 0) throw new Error('the kills caught nothing: the control lost no job');
    const figures: Figure[] = [];
    for (const { name, limit, sends } of PEERS) {
      const fate = sends ? inWords(await fateOf(name, field)) : 'its runner and better-sqlite3 12 do not go together';
      const taken: Round[] = [];
      const drained: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const [measured, reference] = [await ratesOf(OURS, field, sends), await ratesOf(name, field, sends)];
        taken.push({ measured: measured.taken, reference: reference.taken });
        drained.push({ measured: measured.drained, reference: reference.drained });
      }
      figures.push(
        figureOf(taken, {
          id: `taken-${name}`,
          title: `durable enqueue, ours ÷ ${name} with FULL`,
          unit: 'per s',
          limit,
          note: `${KILLS} × kill -9 while taking and sending: ours ${ourFate}; ${name} ${fate}; ${CONTROL}, the control, ${inWords(control)}`,
        }),
      );
      if (!sends) continue;
      const title = `drain of ${APPLICATIONS}, ours ÷ ${name} with FULL`;
      figures.push(figureOf(drained, { id: `drained-${name}`, title, unit: 'per s', limit: null, note: null }));
    }
    return figures;
  } finally {
    server.stdin.end();
  }
}

interface Fate {
  readonly acknowledged: number;
  readonly lost: number;
  readonly sentTwice: number;
  /** At a central that remembers by `Idempotency-Key`; one that doesn't books whatever was sent twice. */
  readonly doubled: number;
}

const inWords = ({ acknowledged, lost, sentTwice, doubled }: Fate): string =>
  `${acknowledged} acknowledged, ${lost} lost, ${sentTwice} sent twice, ${doubled} doubled`;

/** Killed at a random moment, begun again: what became of all that it had acknowledged? */
async function fateOf(name: string, field: Field): Promise<Fate> {
  const fate = { acknowledged: 0, lost: 0, sentTwice: 0, doubled: 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const own = mkdtempSync(join(field.folder, `${name}-`));
    const acks = 1 + Math.floor(Math.random() * APPLICATIONS_BEFORE_KILL);
    const delayMs = Math.random() * KILL_WITHIN_MS;
    let isPlanned = false;
    const first = live(field, {
      ...{ name, own, applications: APPLICATIONS_BEFORE_KILL, central: field.central },
      onAck: (count) => {
        if (count < acks || isPlanned) return;
        isPlanned = true;
        setTimeout(() => first.child.kill('SIGKILL'), delayMs);
      },
    });
    await once(first.child, 'close');
    const second = live(field, { name, own, applications: 0, central: field.central });
    const posts = await atCentral(field.central, first.ids(), QUIET_MS);
    await end(second);
    for (const id of first.ids()) {
      const { sent, booked } = posts[id] ?? { sent: 0, booked: 0 };
      fate.acknowledged += 1;
      if (sent === 0) fate.lost += 1;
      if (sent > 1) fate.sentTwice += 1;
      if (booked > 1) fate.doubled += 1;
    }
  }
  return fate;
}

/** Applications per second: taken without a line, then sent by the next life. */
async function ratesOf(name: string, field: Field, sends: boolean): Promise<{ taken: number; drained: number }> {
  const own = mkdtempSync(join(field.folder, `${name}-`));
  let start = 0;
  let stop = 0;
  const taking = live(field, {
    ...{ name, own, applications: APPLICATIONS, central: null },
    onAck: (count) => {
      if (start === 0) start = performance.now();
      if (count === APPLICATIONS && stop === 0) {
        stop = performance.now();
        // A queue that looks for work keeps its process.
        taking.child.kill('SIGKILL');
      }
    },
  });
  await once(taking.child, 'close');
  const taken = (1000 * APPLICATIONS) / (stop - start);
  if (!sends) return { taken, drained: Number.NaN };
  const sending = live(field, { name, own, applications: 0, central: field.central });
  const posts = await atCentral(field.central, taking.ids(), QUIET_MS);
  await end(sending);
  const times = taking.ids().map((id) => posts[id]?.at ?? Number.NaN);
  return { taken, drained: (1000 * APPLICATIONS) / (Math.max(...times) - Math.min(...times)) };
}
