import type { FastifyBaseLogger } from 'fastify';
import type { Timers } from '../ports.ts';
import { errorText } from '../start-failure.ts';

/** Erases what of one kind is over by now. Several centrals may do it at once. */
export type Erase = () => Promise<void>;

const EVERY_MS = 10 * 60_000;

/** What is over goes whether or not anybody asks for something of its kind again: at the start, and every ten minutes. */
export function startEraser(context: {
  /** By the kind's name in the log. */
  readonly kinds: Readonly<Record<string, Erase>>;
  readonly timers: Timers;
  readonly logger: FastifyBaseLogger;
}): { readonly stop: () => Promise<void> } {
  const { kinds, timers, logger } = context;
  let cancelTimer: () => void = () => {};
  let stopped = false;
  let idle: Promise<void> = Promise.resolve();
  const look = (): void => {
    idle = eraseAll().then(() => {
      if (!stopped) cancelTimer = timers.after(EVERY_MS, look);
    });
  };

  async function eraseAll(): Promise<void> {
    for (const [kind, erase] of Object.entries(kinds)) {
      if (stopped) return;
      try {
        await erase();
      } catch (error) {
        logger.error({ kind, error: errorText(error) }, 'erasing what is over failed');
      }
    }
  }

  look();
  return {
    stop: async () => {
      stopped = true;
      cancelTimer();
      await idle;
    },
  };
}
