import { execFile } from 'node:child_process';
import type { Timers } from '../backend/ports.ts';

/**
 * Tells the supervisor again and again that this process still turns, where it asks for that: systemd ends and restarts
 * a terminal whose main process hangs. Half of its time is left over for a busy machine.
 * @returns stops telling
 */
export function feedWatchdog(input: { env: NodeJS.ProcessEnv; timers: Timers; tell(): void }): () => void {
  const periodMs = Number(input.env['WATCHDOG_USEC']) / 1000;
  if (!input.env['NOTIFY_SOCKET'] || !(periodMs > 0)) return () => undefined;
  const again = (): (() => void) => {
    input.tell();
    return input.timers.after(periodMs / 2, () => {
      stop = again();
    });
  };
  let stop = again();
  return () => stop();
}

/** Node can't write to systemd's kind of socket, its own little program can. */
export function tellSystemd(): void {
  execFile('systemd-notify', ['WATCHDOG=1'], () => undefined);
}
