import Conf from 'conf';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { type Backend, buildBackend } from '../backend/build-backend.ts';
import { type BusinessClockSource, businessClockFrom } from '../backend/central/corrected-clock.ts';
import { type IdReader, noIdReader } from '../backend/devices/id-reader/id-reader.ts';
import { drawInThread } from '../backend/drawing/draw-in-thread.ts';
import { logInFolder } from '../backend/log/log-file.ts';
import { createLogger } from '../backend/log/logger.ts';
import { keyInFile } from '../backend/outbox/terminal-key-file.ts';
import { systemTimers } from '../backend/ports.ts';
import { loadSettings, type Settings } from '../backend/settings/settings.ts';
import { describeStartError } from '../backend/start-error.ts';
import { noProbe, type StepProbe } from '../backend/step-probe.ts';
import { startHostServer } from './host-server.ts';
import { openWindow } from './open-window.ts';
import { parseHostOptions } from './options.ts';

/** What a terminal under development is meddled with by; a terminal in a shop has none. */
export interface Dock {
  /** Leads what the settings name through the dock. */
  settings(settings: Settings): Promise<Settings>;
  readonly probe: StepProbe;
  readonly idReader: IdReader;
  businessClock(source: BusinessClockSource): BusinessClockSource;
  /** Once the terminal serves. */
  started(backend: Backend): Promise<void>;
  close(): Promise<void>;
}

const monotonic = (): number => performance.now();

const REOPEN_MS = 1_000;
const SETTLE_WITHIN_MS = 5_000;

function refuse(message: string): never {
  process.stderr.write(`terminal: ${message}\n`);
  process.exit(2);
}

/**
 * A terminal's backend under Node, its page on loopback.
 * @param input.programDir where the built program lies: the renderer and the resources are found from there
 */
export async function runHost(input: {
  args: readonly string[];
  programDir: string;
  dock: Dock | null;
}): Promise<void> {
  const { dock } = input;
  const options = parseHostOptions(input.args);
  if (!options.ok) return refuse(options.error);
  const { port, dataDir, flags, clockStartsAt } = options.value;
  const settings = loadSettings({
    dataDir,
    flags,
    readFile: (cwd) => new Conf({ cwd, configName: 'settings', clearInvalidConfig: false }).store,
  });
  if (!settings.ok) return refuse(describeStartError(settings.error, dataDir));
  const keep = logInFolder(dataDir, Date.now);
  const log = createLogger((line) => {
    process.stderr.write(line);
    keep(line);
  });
  const businessClock = businessClockFrom(clockStartsAt, monotonic);
  const backend = buildBackend({
    settings: dock === null ? settings.value : await dock.settings(settings.value),
    dataDir,
    resourcesDir: join(input.programDir, '../../resources'),
    businessClock: dock === null ? businessClock : dock.businessClock(businessClock),
    keyStore: keyInFile(dataDir),
    draw: drawInThread(join(input.programDir, 'drawing-thread.js'), log, systemTimers),
    idReader: dock === null ? noIdReader : dock.idReader,
    log,
    ports: {
      system: Date.now,
      monotonic,
      timers: systemTimers,
      random: Math.random,
      probe: dock === null ? noProbe : dock.probe,
    },
  });
  if (!backend.ok) return refuse(describeStartError(backend.error, dataDir));
  const rendererDir = join(input.programDir, '../renderer');
  const host = await startHostServer({ port, rendererDir, serve: backend.value.serve });
  if (!host.ok) {
    await backend.value.close();
    return refuse(`port ${port} is taken`);
  }
  let ending = false;
  let browser: ChildProcess | null = null;
  const showPage = (): void => {
    if (ending) return;
    browser = openWindow({ url: host.value.url, dataDir, env: process.env });
    browser?.on('error', () => log.error({ code: 'window-failed' }, 'Chromium did not start'));
    // Closed by a key of the window manager or crashed: a counter's screen never stays empty.
    browser?.on('exit', () => systemTimers.after(REOPEN_MS, showPage));
  };
  if (options.value.window) showPage();

  const end = (): void => {
    if (ending) return;
    ending = true;
    browser?.kill();
    void host.value
      .close()
      .then(() => backend.value.close())
      .then(() => dock?.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  await dock?.started(backend.value);
  // A terminal of a demo is enrolled in a moment; one that isn't says on its screen what it waits for.
  await Promise.race([backend.value.whenSettled(), new Promise((resolve) => setTimeout(resolve, SETTLE_WITHIN_MS))]);
  process.stdout.write(`${JSON.stringify({ ready: host.value.url })}\n`);
}
