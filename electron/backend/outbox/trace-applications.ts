import type { Logger } from '../log/logger.ts';
import type { Outbox } from './outbox.ts';

/** Tells the log of every state that an application comes to, from the moment that it was promised; nothing of whose it is. */
export function traceApplications({ outbox, log }: { outbox: Pick<Outbox, 'onChange'>; log: Logger }): void {
  outbox.onChange(({ id: application, state, reason, orderId: order }) => {
    log.info({ application, state, reason, order }, 'application');
  });
}
