import { writeSync } from 'node:fs';
import { z } from 'zod';
import { enqueued, openOutbox, startSync } from '../../../electron/backend/testing/sync-rig.ts';
import { benchApplication } from '../applications.ts';

/**
 * One life of ours, as of a peer: takes applications, says `acked ID` of each that is safe, and sends them meanwhile where
 * it has a central.
 */
const { folder, central, applications } = z
  .object({ folder: z.string(), central: z.url().nullable(), applications: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const inputs = Array.from({ length: applications }, (_, serial) => benchApplication(serial).input);
const rig = central === null ? null : startSync({ dataDir: folder, central: new URL(central) });
const outbox = rig?.outbox ?? openOutbox({ dataDir: folder }).outbox;
for (const input of inputs) {
  const { id } = enqueued(outbox, input);
  writeSync(1, `acked ${id}\n`);
  rig?.worker.wake();
  // Sending has its turn between two of them, as with the others.
  await new Promise(setImmediate);
}
