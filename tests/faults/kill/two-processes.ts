import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import type { Findings } from '../properties.ts';
import { startLife } from './kills.ts';

const APPLICATIONS = 6;

/** A second program on the data of one at work: it has to leave, having taken and sent nothing, and the first goes on. */
export async function twoProcesses(input: { harness: string; folder: string; findings: Findings }): Promise<void> {
  const { harness, findings } = input;
  const dataDir = mkdtempSync(join(input.folder, 'two-'));
  const central = new FakeCentral();
  let isOpen = false;
  central.script = () => (isOpen ? null : { kind: 'status', status: 503 });
  await central.start();
  const common = { dataDir, central: central.url.href, rescuePem: RESCUE_PUBLIC_PEM, killAt: null, killOn: 0 };
  const first = startLife(harness, { ...common, applications: APPLICATIONS }, null);
  await first.whenAcked(APPLICATIONS);
  const second = await startLife(harness, { ...common, applications: APPLICATIONS }, null).ended;
  findings.try('second process on the same database');
  const isRefused = second.acked.length === 0 && !second.drained;
  findings.check('acked_exactly_once_at_central', isRefused, 'a second process worked on the same database');
  isOpen = true;
  const { acked, drained } = await first.ended;
  findings.check('eventually_drains', drained, 'not drained beside a second process');
  const isOnce = [...central.booked].sort().join() === [...acked].sort().join();
  findings.check('acked_exactly_once_at_central', isOnce, 'lost or doubled beside a second process');
  await central.stop();
  rmSync(dataDir, { recursive: true });
}
