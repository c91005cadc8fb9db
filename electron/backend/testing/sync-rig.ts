import { createPublicKey } from 'node:crypto';
import type { OutboxEntry } from '../outbox/outbox-rows.ts';
import { v7 as uuidv7 } from 'uuid';
import { type CaptureStore, createCaptureStore } from '../captures/capture-store.ts';
import { type Connectivity, watchConnectivity } from '../central/connectivity.ts';
import { type CorrectedClock, createCorrectedClock } from '../central/corrected-clock.ts';
import { createTransport } from '../central/transport.ts';
import { lookForCentral } from '../central/look-for-central.ts';
import { openDatabase, type SqliteDatabase } from '../database/open-database.ts';
import { createLogger } from '../log/logger.ts';
import { createCourier } from '../outbox/deliver.ts';
import { createOutbox, type EnqueueInput, type Outbox } from '../outbox/outbox.ts';
import { createSyncWorker, type SyncWorker } from '../outbox/sync-worker.ts';
import { ownHalf } from '../outbox/own-half.ts';
import { loadTerminalKey } from '../outbox/terminal-key.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { type SystemClock, systemTimers } from '../ports.ts';
import { noProbe, type StepProbe } from '../step-probe.ts';
import { enrolledClient } from './enrolled-client.ts';

export interface SyncRig {
  readonly db: SqliteDatabase;
  readonly outbox: Outbox;
  readonly captures: CaptureStore;
  readonly worker: SyncWorker;
  readonly connectivity: Connectivity;
  readonly clock: CorrectedClock;
  readonly logs: string[];
  close(): Promise<void>;
}

/** Outbox and sync as the terminal puts them together, without the rest of it; jitter is small so that tests are quick. */
export function startSync(input: {
  dataDir: string;
  central: URL;
  probe?: StepProbe;
  systemClock?: SystemClock;
}): SyncRig {
  const probe = input.probe ?? noProbe;
  const now = input.systemClock ?? Date.now;
  const monotonic = (): number => performance.now();
  const logs: string[] = [];
  const log = createLogger((line) => logs.push(line));
  const { db, outbox, captures } = openOutbox({ dataDir: input.dataDir, probe, now });
  const transport = createTransport({ central: input.central, ca: null });
  const clock = createCorrectedClock(now, monotonic);
  const client = enrolledClient(transport, clock);
  const random = (): number => 0.02;
  const connectivity = watchConnectivity({
    probe: async () => (await lookForCentral(client)).kind === 'there',
    timers: systemTimers,
    random,
  });
  const courier = createCourier({ client, captures, clock, probe });
  const worker = createSyncWorker({ outbox, courier, connectivity, timers: systemTimers, monotonic, random, log });
  return {
    db,
    outbox,
    captures,
    worker,
    connectivity,
    clock,
    logs,
    close: async () => {
      connectivity.stop();
      await worker.stop();
      await transport.close();
      db.close();
    },
  };
}

export function openOutbox(input: { dataDir: string; probe?: StepProbe; now?: SystemClock }): {
  db: SqliteDatabase;
  outbox: Outbox;
  captures: CaptureStore;
} {
  const probe = input.probe ?? noProbe;
  const database = openDatabase({ dataDir: input.dataDir, probe });
  if (!database.ok) throw new Error(database.error.code);
  const key = loadTerminalKey({ store: keyInFile(input.dataDir), half: ownHalf(input.dataDir), mayCreate: true });
  if (!key.ok) throw new Error(key.error.code);
  const db = database.value;
  const captures = createCaptureStore({ db, dataDir: input.dataDir, terminalKey: key.value, probe });
  const outbox = createOutbox({ db, terminalKey: key.value, captures, now: input.now ?? Date.now, probe });
  return { db, outbox, captures };
}

export const EMPTY_QUOTE: EnqueueInput['quote'] = {
  kind: 'total',
  currentTotalYen: 5_183,
  newTotalYen: 6_490,
  groups: [],
  catalogVersion: '2026-10-01.1',
  once: [],
  feeStart: 'month-after-completion',
  notices: [],
};

/** An application ready to be queued; what isn't given is invented. */
export function anApplication(rescuePem: string, given: Partial<EnqueueInput> = {}): EnqueueInput {
  const applicationId = given.applicationId ?? uuidv7();
  const customerNumber = given.customerNumber ?? '1000000002';
  return {
    applicationId,
    customerNumber,
    procedureId: 'internet.change-course',
    terminalCode: 'T01',
    day: '2026-11-24',
    capturedAt: Date.UTC(2026, 10, 24, 3),
    grant: 'grant-canary-7f3a',
    quote: EMPTY_QUOTE,
    rescueKey: { id: 'rescue-1', publicKey: createPublicKey(rescuePem) },
    corrects: null,
    takenBy: { kind: 'customer' },
    freeze: (receiptNumber, replaces, captures) =>
      JSON.stringify({
        externalId: applicationId,
        application: { ...(captures.length === 0 ? {} : { captures }), ...(replaces === null ? {} : { replaces }) },
        relatedParty: [{ id: customerNumber, name: '山田花子カナリア' }],
        productOrderItem: [{ id: '1', action: 'modify', productOffering: { id: 'internet.mega160' } }],
        receiptNumber,
      }),
    ...given,
  };
}

export function enqueued(outbox: Outbox, input: EnqueueInput): OutboxEntry {
  const result = outbox.enqueue(input);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
