import type { WebContents } from 'electron';
import type { ChannelServer } from '../backend/channel/serve-channel.ts';
import type { Logger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import { GREETING } from './page-address.ts';
import { connectPage } from './page-channel.ts';
import { createPageKeeper, type PageFailure } from './page-keeper.ts';
import { watchPulse } from './page-pulse.ts';
import { serviceAddress } from './service-screen.ts';

export interface PageLife {
  /** The last address asked for counts. */
  show(address: string): void;
  stop(): void;
}

const monotonic = (): number => performance.now();

/** Shows the page, notices its end, however it comes, and lets the keeper say what is shown then. */
export function keepPage(input: {
  contents: WebContents;
  serve: Promise<ChannelServer['serve']>;
  /** The page runs and wants a channel. */
  onAsked(): void;
  /** The page has a channel. */
  onOpen(): void;
  wipe(): void;
  giveUp(): void;
  log: Logger;
}): PageLife {
  const { contents, serve, onAsked, onOpen, wipe, giveUp, log } = input;
  let asked = 0;
  let loading = 0;
  let stopped = false;

  /** Not from within the event that told of a page's end: Chromium is still taking it away. */
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
  const failed = (failure: PageFailure): void => {
    // Told twice, or the terminal itself ends.
    if (loading !== asked || stopped) return;
    log.error({ code: failure }, 'page');
    pulse.stop();
    keeper.failed();
  };
  const pulse = watchPulse({
    monotonic,
    timers: systemTimers,
    ask: () => channel.ask(),
    onHung: () => {
      log.error({ code: 'hung' }, 'page');
      contents.forcefullyCrashRenderer();
    },
  });
  const channel = connectPage({ contents, serve, onAsked, onOpen, onAnswer: pulse.answered, log });
  const keeper = createPageKeeper({
    monotonic,
    wipe,
    showGreeting: () => show(GREETING),
    showServiceScreen: () => show(serviceAddress({ code: 'page-failing' })),
    giveUp,
  });

  contents.on('did-navigate', () => pulse.begin());
  contents.on('unresponsive', () => contents.forcefullyCrashRenderer());
  contents.on('preload-error', () => failed('preload-failed'));
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') failed('crashed');
  });
  return {
    show,
    stop: () => {
      stopped = true;
      pulse.stop();
    },
  };
}
