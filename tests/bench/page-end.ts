import type { ElectronApplication } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { launchElectron } from '../electron/launch.ts';
import { type Figure, figureOf, type Round } from './figure.ts';

/** The third in a row brings the service screen. */
const FAILURES_EACH = 2;
const STARTS = 2;
const ALLOWED_MS = 3_000;

/** From the line of the log that a page crashed or hung to the greeting that stands in the new one. */
export async function pageEndFigures(root: string, folder: string): Promise<Figure[]> {
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  try {
    const rounds: Record<'crashed' | 'hung', Round[]> = { crashed: [], hung: [] };
    for (const how of ['crashed', 'hung'] as const) {
      for (let start = 0; start < STARTS; start += 1) {
        const data = join(folder, `${how}-${start}`);
        mkdirSync(data);
        const settings = ['--central', central.url.href, '--data', data, '--printer', 'tcp://127.0.0.1:9'];
        const app = await launchElectron([root, ...settings, '--mode', 'self-service']);
        try {
          for (let failure = 0; failure < FAILURES_EACH; failure += 1) {
            rounds[how].push({ measured: await untilGreeting(app, how), reference: ALLOWED_MS });
          }
        } finally {
          await app.close();
        }
      }
    }
    return (['crashed', 'hung'] as const).map((how) =>
      figureOf(rounds[how], {
        id: `page-${how}`,
        title: `from the page that ${how} to the greeting ÷ 3 s`,
        unit: 'ms',
        limit: { kind: 'at-most', ratio: 1 },
        note: how === 'hung' ? 'from when the hang was noticed, which takes 8 s of silence' : null,
      }),
    );
  } finally {
    await central.stop();
  }
}

async function untilGreeting(app: ElectronApplication, how: 'crashed' | 'hung'): Promise<number> {
  await greetingStands(app);
  const noticed = toldOf(app, how);
  await app.evaluate(({ BrowserWindow }, hangs) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (hangs) contents?.executeJavaScript('for (;;);').catch(() => undefined);
    else contents?.forcefullyCrashRenderer();
  }, how === 'hung');
  await noticed;
  const start = performance.now();
  await greetingStands(app);
  return performance.now() - start;
}

/** Resolves with the line that says so. */
function toldOf(app: ElectronApplication, how: string): Promise<void> {
  const { stderr } = app.process();
  if (stderr === null) throw new Error('the terminal has no stderr');
  const lines = createInterface({ input: stderr });
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      if (!line.includes(`"code":"${how}"`)) return;
      lines.close();
      resolve();
    });
  });
}

/** One that can be touched; the one that comes with the page can not. By way of the main process: the page's own handle is gone with a page that crashed. */
async function greetingStands(app: ElectronApplication): Promise<void> {
  const heading = () =>
    app
      .evaluate(({ BrowserWindow }): Promise<unknown> | undefined =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `document.querySelector('#root:not([inert]) h1')?.innerText ?? ''`,
        ),
      )
      .catch(() => '');
  while (!(await heading())) await new Promise((resolve) => setTimeout(resolve, 10));
}
