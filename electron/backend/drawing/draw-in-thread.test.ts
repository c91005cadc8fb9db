import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { err, ok } from '../../../shared/domain/result.ts';
import { createLogger } from '../log/logger.ts';
import { systemTimers, type Timers } from '../ports.ts';
import { buildThread } from '../testing/built-thread.ts';
import { facePicture, frontOf } from '../testing/pictures.ts';
import { draw } from './draw.ts';
import { drawInThread } from './draw-in-thread.ts';
import type { DrawingJob } from './drawing-job.ts';

const lines: string[] = [];
const log = createLogger((line) => lines.push(line));
let thread: Awaited<ReturnType<typeof buildThread>>;

beforeAll(async () => {
  thread = await buildThread();
});
afterAll(() => thread.remove());

const drawBuilt = (job: DrawingJob) => drawInThread(thread.file, log, systemTimers)(job);
const bytesOf = (picture: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(picture);
const slipIn = (language: 'ja' | 'zh'): DrawingJob => ({
  kind: 'slip',
  slip: { blocks: [{ kind: 'secret', label: '密码', value: 'Kx7-3mQ' }] },
  columns: 48,
  language,
});

it.each(['ja', 'zh'] as const)(
  'makes of a slip in %s what this thread makes of it, piece by piece',
  async (language) => {
    const job = slipIn(language);
    const here = (await draw(job)).map((piece) => Uint8Array.from(piece));
    expect(await drawBuilt(job)).toEqual(ok(here));
    // The fonts are the whole process's by now.
    expect(await drawBuilt(job)).toEqual(ok(here));
  },
);

it('writes a document', async () => {
  const document = { title: '日報', madeAt: 0, foot: '日報', blocks: [{ kind: 'title', text: '日報' } as const] };
  const drawn = await drawBuilt({ kind: 'a4', document });
  if (!drawn.ok) expect.fail(drawn.error);
  expect(Buffer.concat(drawn.value).subarray(0, 5).toString('latin1')).toBe('%PDF-');
});

it.each([
  ['faces', { kind: 'faces', front: bytesOf(frontOf('aoi')), face: bytesOf(facePicture(['aoi'])) }],
  ['a slip', slipIn('ja')],
] as const)('a thread for %s is gone after its answer, and with it all that it looked at', async (_what, job) => {
  const started = once(process, 'worker');
  const drawn = drawBuilt(job);
  const [worker] = z.tuple([z.instanceof(Worker)]).parse(await started);
  const ended = once(worker, 'exit');
  expect(await drawn).toMatchObject({ ok: true });
  expect(await ended).toEqual([0]);
});

it.runIf(process.platform === 'linux')('a thread goes behind the others, which stay where they are', async () => {
  const before = getPriority();
  const over = new AbortController();
  const drawn = drawBuilt(slipIn('ja')).finally(() => over.abort());
  const seen = new Set<number>();
  while (!over.signal.aborted) {
    for (const priority of threadPriorities()) seen.add(priority);
    await setImmediate();
  }
  expect(await drawn).toMatchObject({ ok: true });
  expect(seen).toContain(constants.priority.PRIORITY_BELOW_NORMAL);
  expect(getPriority()).toBe(before);
});

it.each([
  ['throws', `throw new Error('secret Kx7-3mQ')`, 'Error'],
  ['ends', 'process.exit(3)', 'exit 3'],
  ['says something else', `(await import('node:worker_threads')).parentPort.postMessage('done')`, 'answer'],
])('a thread that %s is an answer, and nothing of the job is in the log', async (_how, script, reason) => {
  const file = join(thread.folder, 'broken.mjs');
  writeFileSync(file, script);
  lines.length = 0;
  expect(await drawInThread(file, log, systemTimers)(slipIn('ja'))).toEqual(err('not-drawn'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`"reason":"${reason}"`);
  expect(lines[0]).not.toContain('Kx7');
});

it('ends a thread that hangs', async () => {
  const file = join(thread.folder, 'hanging.mjs');
  writeFileSync(file, 'setInterval(() => {}, 1_000);');
  let late = (): void => {};
  const timers: Timers = {
    after: (_milliseconds, callback) => {
      late = callback;
      return () => {};
    },
  };
  const drawn = drawInThread(file, log, timers)(slipIn('ja'));
  late();
  expect(await drawn).toEqual(err('not-drawn'));
  expect(lines.at(-1)).toContain('"reason":"late"');
});

/** Of each of this process's threads, as `nice` counts: proc(5), the 19th field of `stat`. */
function threadPriorities(): number[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
      // Its second field is a name in brackets, which may have spaces.
      return [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}
