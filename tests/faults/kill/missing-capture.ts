import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CAPTURE_FOLDER } from '../../../electron/backend/captures/capture-store.ts';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication, enqueued, openOutbox, startSync } from '../../../electron/backend/testing/sync-rig.ts';
import type { Findings } from '../properties.ts';

const CUSTOMERS = ['1000000001', '1000000002', '1000000003'];
const PATIENCE_MS = 60_000;

/** A picture is gone from the disk before it was sent: its application is work for staff, and the others go. */
export async function missingCapture(input: { folder: string; which: number; findings: Findings }): Promise<void> {
  const { findings } = input;
  const dataDir = mkdtempSync(join(input.folder, 'picture-'));
  const central = new FakeCentral();
  await central.start();
  const { db, outbox, captures } = openOutbox({ dataDir });
  const rescueKey = { id: 'rescue-1', publicKey: createPublicKey(RESCUE_PUBLIC_PEM) };
  let before = new Set<string>();
  const taken = CUSTOMERS.map((customerNumber) => {
    const application = anApplication(RESCUE_PUBLIC_PEM, { customerNumber });
    const { applicationId } = application;
    const picture = { mediaType: 'image/jpeg', content: Buffer.from(`picture of ${applicationId}`) } as const;
    if (!captures.keep({ applicationId, picture, rescueKey }).ok) throw new Error('no picture was kept');
    enqueued(outbox, application);
    const files = readdirSync(join(dataDir, CAPTURE_FOLDER));
    const file = files.find((name) => !before.has(name)) ?? '';
    before = new Set(files);
    return { id: applicationId, file };
  });
  db.close();
  const lost = taken[input.which % taken.length];
  if (lost === undefined) throw new Error('nothing was taken');
  rmSync(join(dataDir, CAPTURE_FOLDER, lost.file));
  findings.try('picture gone from the disk');

  const rig = startSync({ dataDir, central: central.url });
  const deadline = performance.now() + PATIENCE_MS;
  while (rig.outbox.waitingCount() > 0 && performance.now() < deadline) await wait(20);
  const others = taken.filter(({ id }) => id !== lost.id).map(({ id }) => id);
  const arrived = [...central.booked].sort().join() === [...others].sort().join();
  findings.check('poison_never_blocks_others', arrived, 'not the others alone are at central beside a missing picture');
  const state = rig.outbox.find(lost.id);
  const isHeld = state?.state === 'held' && state.reason === 'captures-unsent';
  findings.check('captures_complete_before_order', isHeld, `without its picture it is ${state?.state ?? 'gone'}`);
  await rig.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
}
