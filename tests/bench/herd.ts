import { createCorrectedClock } from '../../electron/backend/central/corrected-clock.ts';
import { watchConnectivity } from '../../electron/backend/central/connectivity.ts';
import { createLogger } from '../../electron/backend/log/logger.ts';
import { createCourier } from '../../electron/backend/outbox/deliver.ts';
import type { Outbox, Outgoing } from '../../electron/backend/outbox/outbox.ts';
import { createSyncWorker } from '../../electron/backend/outbox/sync-worker.ts';
import { noProbe } from '../../electron/backend/step-probe.ts';
import { EMPTY_QUOTE } from '../../electron/backend/testing/sync-rig.ts';
import { err } from '../../shared/domain/result.ts';
import { type Figure, figureOf, percentile } from './figure.ts';
import { createHerdCentral, type HerdCentral } from './herd-central.ts';
import { seededRandom } from '../setup/seeded-random.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

const TERMINALS = 5_000;
const OUTAGE_MS = 10 * 60_000;
/** Before it, so that some are on their way when it begins. */
const RUN_UP_MS = 30_000;
/** So many durable commits a second is what a disk under contention is planned for. */
const CAPACITY = 200;

/**
 * 5,000 terminals, each with one application taken before or in an outage, in virtual time: the production sync,
 * courier and watch over central, with an outbox in memory.
 */
export async function herdFigures(): Promise<Figure[]> {
  const { peak, late } = await simulateHerd({ terminals: TERMINALS, perSecond: CAPACITY });
  const note = `${late.length} of ${TERMINALS} waited at the end of 10 minutes; central does ${CAPACITY} requests a second and answers 429 beyond its limit; 0 lost, 0 doubled; looking for central and tokens not counted`;
  return [
    figureOf([{ measured: peak, reference: CAPACITY }], {
      id: 'herd-peak',
      title: 'requests in the busiest second after an outage ÷ what central can do',
      unit: 'per s',
      limit: { kind: 'at-most', ratio: 1 },
      note,
    }),
    figureOf([{ measured: percentile(late, 0.99), reference: (1000 * late.length) / CAPACITY }], {
      id: 'herd-t99',
      title: 'until 99 % of them are booked ÷ central never idle',
      unit: 'ms',
      limit: { kind: 'at-most', ratio: 2.2 },
      note: null,
    }),
  ];
}

export interface Herd {
  /** Requests in the busiest second after the outage. */
  readonly peak: number;
  /** How long after the outage each that waited was booked (ms). */
  readonly late: readonly number[];
}

/** @param perSecond what central can do */
export async function simulateHerd({ terminals, perSecond }: { terminals: number; perSecond: number }): Promise<Herd> {
  const time = createVirtualTime();
  const random = seededRandom(20_261_126);
  const central = createHerdCentral({ time, random, perSecond });
  const accepted = new Set<string>();
  for (let at = 0; at < terminals; at += 1) startTerminal({ id: `application-${at}`, time, random, central, accepted });
  time.after(RUN_UP_MS, central.goDown);
  time.after(RUN_UP_MS + OUTAGE_MS, central.comeBack);
  await time.run(() => accepted.size === terminals);

  const times = [...central.booked.values()];
  const doubled = times.filter((booked) => booked.length > 1).length;
  if (doubled > 0 || times.length !== terminals) {
    throw new Error(`${doubled} doubled, ${terminals - times.length} lost`);
  }
  const back = RUN_UP_MS + OUTAGE_MS;
  const late = times.map((booked) => (booked[0] ?? 0) - back).filter((ms) => ms > 0);
  return { peak: busiestSecond(central.arrivals.filter((ms) => ms >= back)), late };
}

const NO_CAPTURES: Parameters<typeof createCourier>[0]['captures'] = { of: () => [], read: () => err('lost') };

interface Terminal {
  readonly id: string;
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly central: HerdCentral;
  readonly accepted: Set<string>;
}

function startTerminal({ id, time, random, central, accepted }: Terminal): void {
  const clock = createCorrectedClock(time.now, time.now);
  const probe = (): Promise<boolean> => Promise.resolve(central.isUp());
  const connectivity = watchConnectivity({ probe, timers: time, random });
  const outbox = memoryOutbox(id, () => accepted.add(id));
  const worker = createSyncWorker({
    outbox,
    courier: createCourier({ client: central.client, captures: NO_CAPTURES, clock, probe: noProbe }),
    connectivity,
    timers: time,
    monotonic: time.now,
    random,
    log: createLogger(() => undefined),
  });
  time.after(random() * (RUN_UP_MS + OUTAGE_MS), () => {
    outbox.take();
    worker.wake();
  });
}

/** One application, whose body holds its id alone. */
function memoryOutbox(
  id: string,
  onAccepted: () => void,
): Pick<Outbox, 'advance' | 'eraseAccepted' | 'waitingIds' | 'hasPictures'> & { take(): void } {
  let state: 'not-taken' | 'queued' | 'sending' | 'accepted' = 'not-taken';
  const payload = {
    ok: true,
    value: { format: 1, customerNumber: id, body: JSON.stringify({ externalId: id }), grant: '', quote: EMPTY_QUOTE },
  } as const;
  return {
    take: () => {
      state = 'queued';
    },
    hasPictures: () => false,
    waitingIds: () => (state === 'queued' || state === 'sending' ? [id] : []),
    eraseAccepted: () => undefined,
    advance: ({ settle, start, skip }): Outgoing[] => {
      for (const settlement of settle) {
        if (settlement.state !== 'accepted' && settlement.state !== 'queued') throw new Error(settlement.state);
        state = settlement.state;
      }
      if (state === 'accepted') onAccepted();
      if ((state !== 'queued' && state !== 'sending') || start === 0 || skip(id)) return [];
      const outcomeUnknown = state === 'sending';
      state = 'sending';
      return [{ id, outcomeUnknown, payload }];
    },
  };
}

function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((time, at) => {
    while ((sorted[first] ?? 0) <= time - 1000) first += 1;
    most = Math.max(most, at - first + 1);
  });
  return most;
}
