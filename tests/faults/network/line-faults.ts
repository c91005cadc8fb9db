import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication, enqueued, startSync } from '../../../electron/backend/testing/sync-rig.ts';
import type { Findings } from '../properties.ts';
import { type Phase, startToxicProxy, type Toxic } from './toxic-proxy.ts';

const APPLICATIONS = 3;
/** A terminal waits ten seconds for an answer before it asks again; a busy machine takes its time as well. */
const PATIENCE_MS = 90_000;

/** Some applications over a line on which that happens to one of them, on real sockets. */
export async function lineFault(input: {
  folder: string;
  toxic: Toxic;
  phase: Phase;
  findings: Findings;
}): Promise<void> {
  const { toxic, phase, findings } = input;
  const dataDir = mkdtempSync(join(input.folder, 'line-'));
  const central = new FakeCentral();
  await central.start();
  const proxy = await startToxicProxy(central.url);
  const rig = startSync({ dataDir, central: proxy.url });
  const ids = new Set<string>();
  const drained = new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), PATIENCE_MS);
    rig.outbox.onChange(() => {
      if (ids.size < APPLICATIONS || [...ids].some((id) => rig.outbox.find(id)?.state !== 'accepted')) return;
      clearTimeout(late);
      resolve(true);
    });
  });
  await rig.connectivity.suspect();
  proxy.arm(toxic, phase);
  for (let at = 0; at < APPLICATIONS; at += 1) {
    const id = uuidv7();
    ids.add(id);
    enqueued(rig.outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId: id, customerNumber: '8701000001' }));
  }
  rig.worker.wake();
  const what = `${toxic} while ${phase}`;
  findings.check('eventually_drains', await drained, `not drained after ${what}`);
  findings.check(
    'acked_exactly_once_at_central',
    central.booked.join() === [...ids].join(),
    `lost or doubled: ${what}`,
  );
  if (proxy.hasHappened()) findings.try(`line: ${what}`);
  await rig.close();
  await proxy.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
}
