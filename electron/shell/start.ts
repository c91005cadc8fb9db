import { app, clipboard, Menu, powerSaveBlocker } from 'electron';
import { join } from 'node:path';
import type { Backend } from '../backend/build-backend.ts';
import { createLogger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import type { SettingsFlags } from '../backend/settings/terminal-flags.ts';
import { describeStartError } from '../backend/start-error.ts';
import { lockContents } from './lock-contents.ts';
import { openBackend } from './open-backend.ts';
import { GREETING } from './page-address.ts';
import { connectPage } from './page-channel.ts';
import { createPageKeeper, type PageFailure } from './page-keeper.ts';
import { watchPulse } from './page-pulse.ts';
import { createPageSession } from './page-session.ts';
import { serviceAddress, type ServiceReason } from './service-screen.ts';
import { feedWatchdog, tellSystemd } from './watchdog.ts';
import { startUpdates } from './updates/start-updates.ts';
import { createKioskWindow } from './window.ts';

const monotonic = (): number => performance.now();

/** The terminal in Electron. It ends with 2 where it could not serve, as the other programs do. */
export function start(input: { flags: SettingsFlags; clockStartsAt: number | null }): void {
  const log = createLogger((line) => process.stderr.write(line));
  const folder = app.getAppPath();
  const dataDir = app.getPath('userData');
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
  const page = createPageSession({ rendererDir: join(folder, 'out/renderer'), log });
  const window = createKioskWindow({
    session: page,
    preload: join(folder, 'out/preload/preload.cjs'),
    isRelease: app.isPackaged,
  });
  const contents = window.webContents;
  let asked = 0;
  let loading = 0;
  /** Not from within the event that told of a page's end: Chromium is still taking it away. The last one asked for counts. */
  const show = (address: string): void => {
    const mine = (asked += 1);
    setImmediate(() => {
      if (mine !== asked) return;
      loading = mine;
      contents.loadURL(address).catch(() => {
        if (mine === asked) failed('not-loaded');
      });
    });
  };
  const showService = (reason: ServiceReason): void => show(serviceAddress(reason));

  let touchedAt = monotonic();
  contents.on('input-event', () => {
    touchedAt = monotonic();
  });

  const resourcesDir = join(folder, 'resources');
  const opening = openBackend({ ...input, dataDir, resourcesDir, log });
  let closed: Promise<void> | null = null;
  const closeBackend = (): Promise<void> =>
    (closed ??= opening.then((opened) => (opened.ok ? opened.value.close() : undefined)));
  const serve = opening.then((opened) => {
    if (opened.ok) {
      opened.value.sessions.onEnded(forgetCustomer);
      backend = opened.value;
      void startUpdates({
        app,
        resourcesDir,
        sessions: opened.value.sessions.running,
        untouchedForMs: () => monotonic() - touchedAt,
        close: closeBackend,
        log,
      });
      return opened.value.serve;
    }
    process.stderr.write(`terminal: ${describeStartError(opened.error, dataDir)}\n`);
    exitCode = 2;
    showService(opened.error);
    return () => undefined;
  });

  function forgetCustomer(): void {
    clipboard.clear();
    contents.navigationHistory.clear();
  }

  const pulse = watchPulse({
    monotonic,
    timers: systemTimers,
    ask: () => channel.ask(),
    onHung: () => {
      log.error({ code: 'page-hung' }, 'page');
      contents.forcefullyCrashRenderer();
    },
  });
  let isReady = false;
  /** Whoever started the terminal reads this; a page that has asked for its channel has run. */
  const sayReady = (): void => {
    if (isReady || backend === null) return;
    isReady = true;
    process.stdout.write(`${JSON.stringify({ ready: GREETING })}\n`);
  };
  const channel = connectPage({ contents, serve, onOpen: sayReady, onAnswer: pulse.answered, log });
  const keeper = createPageKeeper({
    monotonic,
    wipe: () => {
      pulse.stop();
      backend?.sessions.endAll();
      forgetCustomer();
      page.clearStorageData().catch(fatal);
    },
    showGreeting: () => show(GREETING),
    showServiceScreen: () => showService({ code: 'page-failing' }),
    giveUp: () => app.exit(1),
  });
  const failed = (failure: PageFailure): void => {
    // The same end, told twice.
    if (loading !== asked) return;
    log.error({ code: failure }, 'page');
    keeper.failed();
  };
  contents.on('did-navigate', () => pulse.begin());
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') failed('crashed');
  });
  contents.on('unresponsive', () => contents.forcefullyCrashRenderer());
  contents.on('preload-error', () => failed('preload-failed'));
  app.on('child-process-gone', (_event, { type, reason }) => log.warn({ type, reason }, 'child process gone'));
  app.on('second-instance', () => {
    window.show();
    window.focus();
  });

  let ending = false;
  window.on('close', (event) => {
    if (!ending) event.preventDefault();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    pulse.stop();
    void closeBackend().then(() => app.exit(exitCode));
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());

  show(GREETING);
}
