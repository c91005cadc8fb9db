import type { Heartbeat } from '../../shared/central-api/heartbeat.ts';
import type { BusinessClock } from '../../shared/domain/business-time.ts';
import type { CorrectedClock } from './central/corrected-clock.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Salvaged } from './outbox/salvaged.ts';
import type { SystemClock } from './ports.ts';
import type { Settings } from './settings/settings.ts';
import type { StatusReporter } from './terminal-status.ts';
import { VERSION } from './version.ts';

/** What the operator's people see of a terminal from afar. */
export function reportHealth(parts: {
  mode: Settings['mode'];
  outbox: Outbox;
  salvaged: Pick<Salvaged, 'health'>;
  status: StatusReporter;
  clock: CorrectedClock;
  businessNow: BusinessClock;
  system: SystemClock;
}): () => Heartbeat {
  const { mode, outbox, salvaged, status, clock, businessNow, system } = parts;
  return () => {
    const oldest = outbox.oldestWaiting();
    return {
      version: VERSION,
      mode,
      queue: {
        waiting: outbox.waitingCount(),
        held: outbox.countOf('held'),
        rejected: outbox.countOf('rejected'),
      },
      oldestWaitingSeconds: oldest === null ? null : Math.max(0, Math.round((businessNow() - oldest) / 1000)),
      printer: status.current().printer,
      clockAheadSeconds: Math.round((system() - clock.now()) / 1000),
      salvage: salvaged.health(),
    };
  };
}
