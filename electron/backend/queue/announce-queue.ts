import type { EventHub } from '../channel/routes/terminal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Timers } from '../ports.ts';

const AT_MOST_EVERY_MS = 500;

/** Tells every page that the list of applications changed: once for all that changes in a while, never once for each. */
export function announceQueue(parts: { outbox: Outbox; events: EventHub; timers: Timers }): () => void {
  const { outbox, events, timers } = parts;
  let cancel: (() => void) | null = null;
  const unsubscribe = outbox.onChange(() => {
    cancel ??= timers.after(AT_MOST_EVERY_MS, () => {
      cancel = null;
      events.publish('event', { type: 'queue-changed' });
    });
  });
  return () => {
    unsubscribe();
    cancel?.();
  };
}
