import { app, clipboard, Menu, powerSaveBlocker } from 'electron';
import { join } from 'node:path';
import type { Backend } from '../backend/build-backend.ts';
import { logInFolder } from '../backend/log/log-file.ts';
import { createLogger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import { describeStartError } from '../backend/start-error.ts';
import type { OptionValues } from './command-line.ts';
import { lockContents } from './lock-contents.ts';
import { GREETING } from './page-address.ts';
import { keepPage } from './page-life.ts';
import { createPageSession } from './page-session.ts';
import { readFlags } from './read-flags.ts';
import { serviceAddress } from './service-screen.ts';
import { startUpdates } from './updates/start-updates.ts';
import { feedWatchdog, tellSystemd } from './watchdog.ts';
import { createKioskWindow } from './window.ts';

/** A page that hangs keeps no backend from its queue. */
const RUNS_AT_LATEST_MS = 2_000;

/** The terminal in Electron. It ends with 2 where it could not serve, as the other programs do. */
export function start(values: OptionValues): void {
  const read = readFlags(values);
  if (!read.ok) {
    process.stderr.write(`terminal: ${read.error}\n`);
    app.exit(2);
    return;
  }
  const { flags, clockStartsAt } = read.value;
  const folder = app.getAppPath();
  const dataDir = app.getPath('userData');
  const keep = logInFolder(dataDir, Date.now);
  const log = createLogger((line) => {
    process.stderr.write(line);
    keep(line);
  });
  const resourcesDir = join(folder, 'resources');
  let backend: Backend | null = null;
  let exitCode = 0;

  const fatal = (error: unknown): void => {
    log.error({ err: error }, 'the terminal ends');
    // The system's supervisor starts it again; a dialog of Electron's would stand on the screen for ever.
    app.exit(1);
  };
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);

  Menu.setApplicationMenu(null);
  powerSaveBlocker.start('prevent-display-sleep');
  feedWatchdog({ env: process.env, timers: systemTimers, tell: tellSystemd });
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
  app.on('child-process-gone', (_event, { type, reason }) => log.warn({ type, reason }, 'child process gone'));

  const session = createPageSession({
    rendererDir: join(folder, 'out/renderer'),
    isCapturing: () => backend?.isCapturing() ?? false,
    log,
  });
  const preload = join(folder, 'out/preload/preload.cjs');
  const window = createKioskWindow({ session, preload, isRelease: app.isPackaged });
  const contents = window.webContents;
  let touchedAt = performance.now();
  contents.on('input-event', () => {
    touchedAt = performance.now();
  });
  const forgetCustomer = (): void => {
    clipboard.clear();
    contents.navigationHistory.clear();
  };

  const { running, runs } = untilPageRuns();
  const opening = running.then(async () => {
    const { openBackend } = await import('./open-backend.ts');
    return openBackend({ flags, clockStartsAt, dataDir, resourcesDir, programDir: join(folder, 'out/main'), log });
  });
  let closing: Promise<void> | null = null;
  const closeBackend = (): Promise<void> =>
    (closing ??= opening.then((opened) => (opened.ok ? opened.value.close() : undefined)));
  const serve = opening.then((opened) => {
    if (!opened.ok) {
      const reason = describeStartError(opened.error, dataDir);
      log.error({ code: opened.error.code }, reason);
      process.stderr.write(`terminal: ${reason}\n`);
      exitCode = 2;
      page.show(serviceAddress(opened.error));
      return () => undefined;
    }
    backend = opened.value;
    const { sessions } = backend;
    backend.onCustomerLeft(forgetCustomer);
    const untouchedForMs = (): number => performance.now() - touchedAt;
    void startUpdates({ app, resourcesDir, sessions: sessions.running, untouchedForMs, close: closeBackend, log });
    return opened.value.serve;
  });

  let isReady = false;
  /** Whoever started the terminal reads this; a page that has asked for its channel has run. */
  const sayReady = (): void => {
    if (isReady || backend === null) return;
    isReady = true;
    process.stdout.write(`${JSON.stringify({ ready: GREETING })}\n`);
  };
  const page = keepPage({
    contents,
    serve,
    onAsked: runs,
    onOpen: sayReady,
    wipe: () => {
      backend?.sessions.endAll();
      forgetCustomer();
      session.clearStorageData().catch(fatal);
    },
    giveUp: () => app.exit(1),
    log,
  });

  let ending = false;
  window.on('close', (event) => {
    if (!ending) event.preventDefault();
  });
  app.on('second-instance', () => {
    window.show();
    window.focus();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    page.stop();
    void closeBackend().then(() => app.exit(exitCode));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());

  page.show(GREETING);
}

/**
 * The page's files come through this thread, and the backend's modules keep it busy: the page goes first, until it runs
 * and asks for its channel.
 */
function untilPageRuns(): { running: Promise<void>; runs(): void } {
  let runs = (): void => undefined;
  const running = new Promise<void>((resolve) => {
    const cancel = systemTimers.after(RUNS_AT_LATEST_MS, resolve);
    runs = () => {
      cancel();
      resolve();
    };
  });
  return { running, runs };
}
