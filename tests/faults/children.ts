import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** So that no child outlives a campaign that is ended: one without its central would wait for ever. */
export function keepTrackOf<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}
