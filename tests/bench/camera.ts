import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { JPEG_FILM, writeJpegFilm } from '../builders/camera-film.ts';
import { Kiosk } from '../e2e/kiosk.ts';
import { ProcedureWalk } from '../e2e/procedure-walk.ts';
import { startBenchTerminal } from './bench-terminal.ts';
import { startBrowserBeside } from './browser-beside.ts';
import { takePictures, watchThreads, type Watched } from './camera-script.mjs';
import { type Figure, figureOf, percentile } from './figure.ts';
import { type Memory, settled } from './memory.ts';
import { giveHands } from './page-hands.mjs';

/** Three pictures each: front, thickness, back. By then V8 has compiled what it compiles. */
const PICTURES_EACH = 3;
const FIRST_DOCUMENTS = 7;
const DOCUMENTS = 17;
const TRACED_DOCUMENTS = 4;
const GUIDANCE_PER_SECOND = 10;
/** A touch that waits longer is felt. */
const LONG_TASK_MS = 50;

const CARD = { x: 0.5, y: 0.5, size: 0.8 };
const APPLICATION = {
  ...{ plan: 'data', volume: 'mobile.data-6gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
  ...{ contractorBornOn: '昭和60年1月2日', relation: 'self', contactNumber: '09012345678' },
};

/** Documents photographed one after the other at the real screens, as fast as the camera takes them by itself. */
export async function cameraFigures(root: string, folder: string): Promise<Figure[]> {
  const film = join(folder, 'documents.mjpeg');
  // What is looked at until the last, and passes nothing, stands between the sides.
  writeJpegFilm(film, [
    [{ cards: [CARD] }, JPEG_FILM.framesPerSecond * 2],
    [{ cards: [CARD], blur: 8 }, JPEG_FILM.framesPerSecond],
    [{ cards: [{ ...CARD, size: 0.72, tilt: { degrees: 45, about: 'long' } }] }, JPEG_FILM.framesPerSecond * 2],
    [{ cards: [{ ...CARD, side: 'back' }] }, JPEG_FILM.framesPerSecond * 2],
  ]);
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  const { backend, host } = await startBenchTerminal({ root, central: central.url, dataDir: folder });
  const beside = await startBrowserBeside([
    ...['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
    ...['--use-fake-ui-for-media-stream', '--kiosk', '--screen-info={1080x1920}'],
  ]);
  try {
    const { script, first } = await beside.attached(async (page, browser) => {
      await page.addInitScript(watchThreads);
      const script = await openIdentityStep(page, host.url);
      await page.evaluate(giveHands);
      await page.evaluate(takePictures, { ...script, documents: FIRST_DOCUMENTS, title: 'first' });
      const first = await measured(page, browser);
      await page.evaluate('takeWatched()');
      // Goes on in the page when nobody waits for its answer any more.
      page.evaluate(takePictures, { ...script, documents: DOCUMENTS, title: 'watched' }).catch(() => undefined);
      return { script, first };
    });
    await beside.untilTitled('watched');
    return await beside.attached(async (page, browser) => {
      const watched = watchedSchema.parse(await page.evaluate('takeWatched()'));
      if (watched.failure !== null) throw new Error(watched.failure);
      const last = await measured(page, browser);
      await browser.startTracing(page, { categories: ['toplevel'] });
      await page.evaluate(takePictures, { ...script, documents: TRACED_DOCUMENTS, title: 'traced' });
      const trace = await browser.stopTracing();
      return [
        guidanceFigure(watched),
        waitingFigure(watched),
        workFigure(longestWork(trace)),
        ...memoryFigures(first, last),
      ];
    });
  } finally {
    await beside.close();
    await host.close();
    await backend.close();
    await central.stop();
  }
}

async function measured(page: Page, browser: Browser): Promise<Held> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('HeapProfiler.enable');
  const held = { ...(await settled(debug)), ...(await processes(browser)) };
  await debug.detach();
  return held;
}

const watchedSchema: z.ZodType<Watched> = z.object({
  pictures: z.array(z.array(z.number())),
  tasks: z.array(z.number()),
  failure: z.string().nullable(),
});

async function openIdentityStep(
  page: Page,
  url: string,
): Promise<Omit<Parameters<typeof takePictures>[0], 'documents' | 'title'>> {
  const kiosk = new Kiosk(page, { terminalUrl: url });
  const walk = new ProcedureWalk(page, kiosk, () => undefined);
  await kiosk.openSignedIn('jiro', '#/contracts');
  await walk.fillIn('mobile.apply', APPLICATION, () => Promise.resolve());
  await kiosk.next();
  await kiosk.acceptTerms();
  await kiosk.next();
  const { t } = kiosk;
  const document = t('identity:document.drivers-licence');
  return {
    texts: {
      document,
      begin: t('capture:begin'),
      anew: t('capture:anew', { person: t('identity:person.contractor') }),
      choose: t('capture:choose.title'),
      agree: t('capture:choose.begin'),
      sides: (['front', 'thickness', 'back'] as const).map((side) => t(`capture:side.${side}`, { document })),
      use: t('capture:use'),
      skip: t('capture:face.skip'),
      ready: t('capture:ready-text'),
    },
  };
}

function guidanceFigure({ pictures }: Watched): Figure {
  const waits = pictures.flatMap((answered) => answered.slice(1).map((at, nth) => at - (answered[nth] ?? at)));
  const perSecond = (1000 * waits.length) / waits.reduce((sum, wait) => sum + wait, 0);
  return figureOf([{ measured: perSecond, reference: GUIDANCE_PER_SECOND }], {
    id: 'camera-guidance',
    title: 'frames of the camera judged at the viewfinder ÷ what keeps up with a hand',
    unit: 'per s',
    limit: { kind: 'at-least', ratio: 1 },
    note: `a camera of ${JPEG_FILM.width} × ${JPEG_FILM.height} that gives ${JPEG_FILM.framesPerSecond}; p50, p95, most between two: ${[
      0.5, 0.95, 1,
    ]
      .map((share) => percentile(waits, share).toFixed(0))
      .join(', ')} ms of ${waits.length}; browser and terminal share this machine`,
  });
}

function waitingFigure({ tasks }: Watched): Figure {
  return figureOf([{ measured: Math.max(0, ...tasks), reference: LONG_TASK_MS }], {
    id: 'camera-long-task',
    title: `the longest task of the page's own thread while ${DOCUMENTS * PICTURES_EACH} pictures are taken ÷ what a touch may wait`,
    unit: 'ms',
    limit: { kind: 'at-most', ratio: 1 },
    note: `0: none took longer than that, ${tasks.length} did; what else runs on this machine counts`,
  });
}

function workFigure(longestMs: number): Figure {
  return figureOf([{ measured: longestMs, reference: LONG_TASK_MS }], {
    id: 'camera-long-work',
    title: `likewise while ${TRACED_DOCUMENTS * PICTURES_EACH} are taken, by the processor's time`,
    unit: 'ms',
    limit: { kind: 'at-most', ratio: 1 },
    note: null,
  });
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** The processor's time, in microseconds. */
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** Of the page's own thread, in milliseconds. */
function longestWork(trace: Buffer): number {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString()));
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ pid, tid }) => pages.has(`${pid} ${tid}`)).map(({ tdur = 0 }) => tdur / 1000);
  return tasks.reduce((most, task) => Math.max(most, task), 0);
}

/** As the system counts them, with what is outside of V8: frames, pictures, canvases. */
interface Held extends Memory {
  readonly renderer: number;
  readonly terminal: number;
}

async function processes(browser: Browser): Promise<Pick<Held, 'renderer' | 'terminal'>> {
  const debug = await browser.newBrowserCDPSession();
  const { processInfo } = await debug.send('SystemInfo.getProcessInfo');
  await debug.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return {
    renderer: renderers.reduce((sum, { id }) => sum + ownMemory(id), 0),
    terminal: ownMemory(process.pid),
  };
}

function ownMemory(pid: number): number {
  const found = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]) * 1024;
}

const MEMORY = {
  page: { what: 'page', isLimited: true },
  backend: { what: 'backend', isLimited: true },
  renderer: { what: "the page's process", isLimited: false },
  terminal: { what: "the backend's process", isLimited: false },
} as const satisfies Partial<Record<keyof Held, unknown>>;

function memoryFigures(first: Held, last: Held): Figure[] {
  return (['page', 'backend', 'renderer', 'terminal'] as const).map((part) => {
    const { what, isLimited } = MEMORY[part];
    return figureOf([{ measured: last[part] / 1e6, reference: first[part] / 1e6 }], {
      id: `camera-memory-${part}`,
      title: `memory after ${(FIRST_DOCUMENTS + DOCUMENTS) * PICTURES_EACH} pictures ÷ after ${FIRST_DOCUMENTS * PICTURES_EACH} (${what})`,
      unit: 'MB',
      limit: isLimited ? { kind: 'at-most', ratio: 1.05 } : null,
      note: isLimited
        ? null
        : 'as the system counts it, with what its allocators keep for the next picture; each is 8 MB unpacked',
    });
  });
}
