import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readAuthorizationServer } from '../central/authorization-server.ts';
import { type CentralClient, createCentralClient } from '../central/central-client.ts';
import { type CorrectedClock, createCorrectedClock } from '../central/corrected-clock.ts';
import { createTerminalToken } from '../central/terminal-token.ts';
import type { Transport } from '../central/transport.ts';
import type { ClientIdentity } from '../enrolment/identity.ts';

/** A terminal that some central enrolled once, for tests that begin after that. */
const identity: ClientIdentity = {
  clientId: 'enrolled-terminal',
  terminalCode: 'T01',
  privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
};

export function enrolledClient(
  transport: Transport,
  clock: CorrectedClock = createCorrectedClock(Date.now, () => performance.now()),
): CentralClient {
  const token = createTerminalToken({
    transport,
    server: readAuthorizationServer({ transport, clock }),
    identity: () => identity,
    onDismissed: () => undefined,
    clock,
    monotonic: () => performance.now(),
    instance: randomUUID(),
  });
  return createCentralClient({ transport, clock, token });
}
