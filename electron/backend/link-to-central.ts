import { randomUUID } from 'node:crypto';
import type { BusinessClock } from '../../shared/domain/business-time.ts';
import { type AuthorizationServerReader, readAuthorizationServer } from './central/authorization-server.ts';
import { type CentralClient, createCentralClient } from './central/central-client.ts';
import { type ConfigurationHolder, holdConfiguration } from './central/configuration.ts';
import { type Connectivity, watchConnectivity } from './central/connectivity.ts';
import { type BusinessClockSource, type CorrectedClock, createCorrectedClock } from './central/corrected-clock.ts';
import { lookForCentral } from './central/look-for-central.ts';
import { createTerminalToken, type Dismissal } from './central/terminal-token.ts';
import { createTransport, type Transport } from './central/transport.ts';
import { documentKeeper } from './database/kept-document.ts';
import { withCopy } from './database/identity-copy.ts';
import type { SqliteDatabase } from './database/open-database.ts';
import { type ClientIdentity, type Identity, openIdentity } from './enrolment/identity.ts';
import type { Logger } from './log/logger.ts';
import type { RenewableTerminalKey } from './outbox/terminal-key.ts';
import type { MonotonicClock, Random, SystemClock, Timers } from './ports.ts';

/** Central as this terminal reaches it, who the terminal is there, and the time that central gives. */
export interface CentralLink {
  readonly transport: Transport;
  readonly server: AuthorizationServerReader;
  readonly client: CentralClient;
  readonly clock: CorrectedClock;
  readonly businessNow: BusinessClock;
  readonly identity: Identity;
  readonly configuration: ConfigurationHolder;
  readonly connectivity: Connectivity;
}

export function linkToCentral(parts: {
  central: URL;
  ca: string | null;
  db: SqliteDatabase;
  dataDir: string;
  terminalKey: RenewableTerminalKey;
  businessClock: BusinessClockSource;
  onDismissed(dismissed: ClientIdentity, dismissal: Dismissal): void;
  system: SystemClock;
  monotonic: MonotonicClock;
  timers: Timers;
  random: Random;
  log: Logger;
}): CentralLink {
  const { central, ca, db, dataDir, terminalKey, onDismissed, system, monotonic, timers, random, log } = parts;
  const clock = createCorrectedClock(system, monotonic);
  const transport = createTransport({ central, ca });
  const server = readAuthorizationServer({ transport, clock });
  const keeper = withCopy(documentKeeper(db, 'identity'), dataDir);
  const identity = openIdentity({ keeper, terminalKey, now: clock.now });
  const token = createTerminalToken({
    transport,
    server,
    identity: identity.current,
    onDismissed,
    clock,
    monotonic,
    instance: randomUUID(),
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
  const businessNow = parts.businessClock(clock.now);
  return { transport, server, client, clock, businessNow, identity, configuration, connectivity };
}
