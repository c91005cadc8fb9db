import type { Logger } from '../../backend/log/logger.ts';
import type { Random, Timers } from '../../backend/ports.ts';
import { isSignedUpdate } from './signed-update.ts';

/** Where updates come from: electron-updater. */
export interface UpdateSource {
  /** What the feed says of a newer version; null: there is none. */
  check(): Promise<unknown>;
  /** Resolves once it lies on disk and its checksum is right. */
  download(): Promise<void>;
  /** Ends this program; another takes its place. */
  install(): void;
}

const CHECK_EVERY_MS = 4 * 3600_000;
const LOOK_EVERY_MS = 60_000;
/** Nobody at work, nothing touched: the greeting or a counter's lock has stood for so long. */
const QUIET_MS = 10 * 60_000;

/** An update is fetched whenever there is one, and installed only while nobody is there. */
export function keepUpdated(ports: {
  source: UpdateSource;
  publicKey: string;
  timers: Timers;
  random: Random;
  /** Of customers, and of staff who are at work. */
  sessions(): number;
  /** Since somebody touched the terminal. */
  untouchedForMs(): number;
  /** Ends what runs, so that nothing is cut off in the middle. */
  close(): Promise<void>;
  log: Logger;
}): { stop(): void } {
  const { source, timers, random, log } = ports;
  let cancel = (): void => undefined;
  let stopped = false;
  const after = (milliseconds: number, run: () => void): void => {
    if (!stopped) cancel = timers.after(milliseconds, run);
  };
  /** Spread, so that a shop's terminals don't fetch all at once. */
  const checkLater = (): void => after(CHECK_EVERY_MS * (0.75 + random() / 2), check);

  function check(): void {
    fetchUpdate().then(
      (fetched) => (fetched ? look() : checkLater()),
      (error: unknown) => {
        log.warn({ err: error }, 'no update');
        checkLater();
      },
    );
  }

  async function fetchUpdate(): Promise<boolean> {
    const info = await source.check();
    if (info === null) return false;
    if (!isSignedUpdate(info, ports.publicKey)) {
      log.error({ code: 'update-not-signed' }, 'update refused');
      return false;
    }
    await source.download();
    log.info({ code: 'update-ready' }, 'update waits for a quiet moment');
    return true;
  }

  function look(): void {
    if (ports.sessions() > 0 || ports.untouchedForMs() < QUIET_MS) {
      after(LOOK_EVERY_MS, look);
      return;
    }
    stopped = true;
    log.info({ code: 'update-installs' }, 'the terminal ends for an update');
    void ports.close().then(source.install);
  }

  after(LOOK_EVERY_MS, check);
  return {
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
