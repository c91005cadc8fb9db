import type { KeyObject } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { EventPublisher } from '@orpc/server';
import { type CaptureStore, createCaptureStore } from '../../../electron/backend/captures/capture-store.ts';
import { readAuthorizationServer } from '../../../electron/backend/central/authorization-server.ts';
import { createCentralClient } from '../../../electron/backend/central/central-client.ts';
import { type Connectivity, watchConnectivity } from '../../../electron/backend/central/connectivity.ts';
import { holdConfiguration } from '../../../electron/backend/central/configuration.ts';
import { type CorrectedClock, createCorrectedClock } from '../../../electron/backend/central/corrected-clock.ts';
import { lookForCentral } from '../../../electron/backend/central/look-for-central.ts';
import { createTerminalToken } from '../../../electron/backend/central/terminal-token.ts';
import type { Transport } from '../../../electron/backend/central/transport.ts';
import { documentKeeper } from '../../../electron/backend/database/kept-document.ts';
import { openDatabase, type SqliteDatabase } from '../../../electron/backend/database/open-database.ts';
import type { Logger } from '../../../electron/backend/log/logger.ts';
import { createCourier } from '../../../electron/backend/outbox/deliver.ts';
import { followOrders } from '../../../electron/backend/outbox/follow-orders.ts';
import { createOutbox, hasSealedApplications, type Outbox } from '../../../electron/backend/outbox/outbox.ts';
import { ownHalf } from '../../../electron/backend/outbox/own-half.ts';
import { createSyncWorker, type SyncWorker } from '../../../electron/backend/outbox/sync-worker.ts';
import { loadTerminalKey } from '../../../electron/backend/outbox/terminal-key.ts';
import { keyInFile } from '../../../electron/backend/outbox/terminal-key-file.ts';
import type { Timers } from '../../../electron/backend/ports.ts';
import { announceQueue } from '../../../electron/backend/queue/announce-queue.ts';
import type { StepLabel } from '../../../electron/backend/step-probe.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { TerminalEvent } from '../../../shared/contract/events.ts';
import type { Dice } from '../dice.ts';
import type { Line, Network } from './network.ts';
import { EPOCH, type World } from './world.ts';

/** A terminal's program while it runs: everything between its database and its line, as the terminal puts it together. */
export interface RunningTerminal {
  readonly db: SqliteDatabase;
  readonly outbox: Outbox;
  readonly captures: CaptureStore;
  readonly worker: SyncWorker;
  readonly connectivity: Connectivity;
  readonly clock: CorrectedClock;
  /** False as soon as it was killed, which may be in the middle of a call. */
  isAlive(): boolean;
  /** How many wait, as a page that listens to the terminal's events shows it. */
  shownWaiting(): number;
  /** As by kill -9: what is on disk now is what the next start finds. */
  kill(): void;
  /** Once nothing of it runs any more. */
  bury(): void;
}

export interface TerminalInput {
  readonly name: string;
  readonly dataDir: string;
  /** What is on disk at a kill is copied there. */
  readonly nextDataDir: string;
  readonly world: World;
  readonly network: Network;
  readonly line: Line;
  readonly privateKey: KeyObject;
  readonly dice: Dice;
  readonly networkDice: Dice;
  /** How far the machine's clock is off (ms). */
  clockOffset(): number;
  readonly log: Logger;
  /** @returns whether the terminal dies here */
  reached(label: StepLabel): boolean;
}

export function startTerminal(input: TerminalInput): RunningTerminal {
  const { world, network, line, dice, networkDice, log, dataDir } = input;
  const startedAt = world.now();
  let alive = true;

  function kill(): void {
    if (!alive) return;
    alive = false;
    // Before anything more is written: whatever this program still does, it does to files that nobody will open.
    cpSync(dataDir, input.nextDataDir, { recursive: true });
  }

  const probe = {
    reached: (label: StepLabel): void => {
      world.stir();
      if (alive && input.reached(label)) kill();
    },
  };
  const timers: Timers = {
    after: (ms, callback) =>
      world.after(ms, () => {
        if (alive) callback();
      }),
  };
  const monotonic = (): number => world.now() - startedAt;
  const random = (): number => dice.random();
  const database = openDatabase({ dataDir, probe });
  if (!database.ok) throw new Error(database.error.code);
  const db = database.value;
  const terminalKey = loadTerminalKey({
    store: keyInFile(dataDir),
    half: ownHalf(dataDir),
    mayCreate: !hasSealedApplications(db),
  });
  if (!terminalKey.ok) throw new Error(terminalKey.error.code);

  const clock = createCorrectedClock(() => EPOCH + world.now() + input.clockOffset(), monotonic);
  let signed = (): void => undefined;
  const transport: Transport = {
    send: (request) =>
      new Promise((resolve) => {
        world.stir();
        if (request.path === CENTRAL_PATHS.token) signed();
        if (!alive) return;
        network.send({
          request,
          line,
          dice: networkDice,
          answer: (answer) => {
            world.stir();
            if (alive) resolve(answer);
          },
        });
      }),
    close: () => Promise.resolve(),
  };
  const metadata = readAuthorizationServer({ transport, clock });
  const token = createTerminalToken({
    transport,
    server: {
      get: async () => {
        const found = await metadata.get();
        // What follows is a signature, which Node makes on another thread.
        if (found !== null) signed = world.outside();
        return found;
      },
      forget: metadata.forget,
    },
    identity: () => ({ clientId: input.name, terminalCode: input.name, privateKey: input.privateKey }),
    onDismissed: () => undefined,
    clock,
    monotonic,
    instance: input.name,
  });
  const client = createCentralClient({ transport, token, clock });
  const configuration = holdConfiguration(documentKeeper(db, 'configuration'), log);
  const connectivity = watchConnectivity({
    probe: async () => {
      const found = await lookForCentral(client);
      if (found.kind === 'away') return false;
      if (found.configuration !== null) configuration.keep(found.configuration, clock.now());
      return true;
    },
    timers,
    random,
  });
  const captures = createCaptureStore({ db, dataDir, terminalKey: terminalKey.value, probe });
  const outbox = createOutbox({ db, terminalKey: terminalKey.value, captures, now: clock.now, probe });
  captures.eraseUnclaimed();
  const courier = createCourier({ client, captures, clock, probe });
  const worker = createSyncWorker({ outbox, courier, connectivity, timers, monotonic, random, log });
  const follower = followOrders({ outbox, courier, connectivity, timers, log, onDecided: worker.eraseSoon });
  const events = new EventPublisher<{ event: TerminalEvent }>();
  let shown = outbox.waitingCount();
  events.subscribe('event', ({ type }) => {
    if (type === 'queue-changed') shown = outbox.waitingCount();
  });
  announceQueue({ outbox, events, timers });
  return {
    db,
    outbox,
    captures,
    worker,
    connectivity,
    clock,
    isAlive: () => alive,
    shownWaiting: () => shown,
    kill,
    bury: () => {
      follower.stop();
      connectivity.stop();
      db.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
