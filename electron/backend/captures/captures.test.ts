import { createPublicKey, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../../tests/setup/eventually.ts';
import { smallDisk } from '../../../tests/setup/small-disk.ts';
import { rescueEntries } from '../outbox/rescue-file.ts';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../testing/fake-central.ts';
import { anApplication, enqueued, openOutbox, startSync, type SyncRig } from '../testing/sync-rig.ts';
import { CAPTURE_FOLDER, type CaptureStore } from './capture-store.ts';

const CANARY = 'picture-canary-5d10';
/** More than two parts. */
const BYTES = 300_000;
const rescueKey = { id: 'rescue-1', publicKey: createPublicKey(RESCUE_PUBLIC_PEM) };

let dataDir = '';
let central: FakeCentral;
let rig: SyncRig | undefined;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'captures-'));
  central = new FakeCentral();
  await central.start();
});
afterEach(async () => {
  await rig?.close();
  rig = undefined;
  await central.stop();
  rmSync(dataDir, { recursive: true });
});

const start = (): SyncRig => {
  rig = startSync({ dataDir, central: central.url });
  return rig;
};
const picture = (bytes = BYTES) => ({
  mediaType: 'image/jpeg' as const,
  content: Buffer.concat([Buffer.from(CANARY), randomBytes(bytes)]),
});
function take(captures: CaptureStore, applicationId: string, bytes?: number): { hash: string; content: Buffer } {
  const taken = picture(bytes);
  const kept = captures.keep({ applicationId, picture: taken, rescueKey });
  if (!kept.ok) throw new Error(kept.error);
  return { hash: kept.value.hash, content: taken.content };
}
/** Applied for with two pictures, while central is away. */
function waiting(): { id: string; taken: ReturnType<typeof take>[] } {
  const { db, outbox, captures } = openOutbox({ dataDir });
  const id = uuidv7();
  const taken = [take(captures, id), take(captures, id, 10)];
  enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId: id }));
  db.close();
  return { id, taken };
}
const files = (): string[] => readdirSync(join(dataDir, CAPTURE_FOLDER));
const becomes = (to: SyncRig, id: string, state: string): Promise<void> =>
  eventually(() => expect(to.outbox.find(id)).toMatchObject({ state }));

it('are sealed on disk, at central before the order that names them, and gone once it is accepted', async () => {
  const { id, taken } = waiting();
  const everything = [dataDir, join(dataDir, CAPTURE_FOLDER)].flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? readFileSync(join(folder, entry.name)) : [],
    ),
  );
  expect(files()).toHaveLength(2);
  for (const bytes of everything) expect(bytes.includes(CANARY)).toBe(false);
  const to = start();
  await becomes(to, id, 'accepted');
  for (const { hash, content } of taken) expect(central.captures.contentOf(id, hash)?.equals(content)).toBe(true);
  expect(JSON.parse(central.orders.get(id)?.body ?? '')).toMatchObject({
    application: { captures: taken.map(({ hash }) => hash) },
  });
  await eventually(() => expect(files()).toEqual([]));
  expect(to.captures.of(id)).toEqual([]);
});

it('go on from where central is, whatever cut them off', async () => {
  const { id, taken } = waiting();
  let calls = 0;
  central.onCapture = () => {
    calls += 1;
    switch (calls) {
      case 2:
        return 'cut-before';
      case 4:
        return 'cut-after';
      case 6:
        return { status: 503, json: { code: 'busy', reason: 'busy' } };
      case 8:
        return { status: 200, json: 'a captive portal' };
      case 9:
        return { status: 422, json: { code: 'capture-hash', reason: 'damaged on the way' } };
      default:
        return null;
    }
  };
  const to = start();
  await becomes(to, id, 'accepted');
  expect(calls).toBeGreaterThan(9);
  for (const { hash, content } of taken) expect(central.captures.contentOf(id, hash)?.equals(content)).toBe(true);
  expect(central.posts).toBe(1);
});

it('are brought anew where central has lost them before the order came', async () => {
  const { id } = waiting();
  central.script = (_id, attempt) => {
    if (attempt > 1) return null;
    central.captures.forget();
    return { kind: 'status', status: 409, code: 'captures-missing' };
  };
  await becomes(start(), id, 'accepted');
  expect(central.posts).toBe(2);
});

it.each([
  ['this terminal lost it', 404, 'captures-unsent'],
  ['central has no such thing', 404, 'captures-unsent'],
  ['central refuses who brings it', 403, 'not-authorised'],
] as const)('is work for staff, and blocks nobody, where %s', async (what, status, reason) => {
  const { id, taken } = waiting();
  if (what === 'this terminal lost it') {
    for (const file of files()) writeFileSync(join(dataDir, CAPTURE_FOLDER, file), 'rotten');
  } else {
    central.onCapture = () => ({ status, json: { code: 'refused', reason: 'refused' } });
  }
  const to = start();
  await becomes(to, id, 'held');
  expect(to.outbox.find(id)).toMatchObject({ orderId: null, reason });
  expect(central.posts).toBe(0);
  const after = enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM)).id;
  to.worker.wake();
  await becomes(to, after, 'accepted');

  central.onCapture = () => null;
  const corrects = { applicationId: id, staffNumber: '1001' };
  const [withOld, withNew] = [uuidv7(), uuidv7()];
  enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId: withOld, corrects }));
  to.worker.wake();
  if (what !== 'this terminal lost it') {
    // What is wrong is corrected, and the pictures are the same.
    await becomes(to, withOld, 'accepted');
    for (const { hash } of taken) expect(central.captures.contentOf(withOld, hash)).not.toBeNull();
    return;
  }
  await becomes(to, withOld, 'held');
  const again = take(to.captures, withNew);
  const another = { applicationId: withOld, staffNumber: '1001' };
  enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId: withNew, corrects: another }));
  to.worker.wake();
  await becomes(to, withNew, 'accepted');
  expect(central.captures.contentOf(withNew, again.hash)?.equals(again.content)).toBe(true);
  to.outbox.eraseAccepted();
  expect(files()).toEqual([]);
});

it('are erased with what was withdrawn, and at the start with what nobody applied for', () => {
  const { id } = waiting();
  const first = openOutbox({ dataDir });
  take(first.captures, uuidv7());
  expect(files()).toHaveLength(3);
  first.db.close();
  writeFileSync(join(dataDir, CAPTURE_FOLDER, 'left-over.unfinished'), 'half');
  const { db, outbox, captures } = openOutbox({ dataDir });
  captures.eraseUnclaimed();
  expect(files()).toHaveLength(2);
  const act = { at: 0, staffNumber: '1001', kind: 'withdraw', detail: 'customer-wish' } as const;
  expect(outbox.withdraw(id, { act, isCancelledAtCentral: false }).ok).toBe(true);
  outbox.eraseAccepted();
  expect(files()).toEqual([]);
  db.close();
});

it.each([
  ['finds it invalid', { kind: 'status', status: 422 }],
  ['refuses its order', { kind: 'state', state: 'rejected' }],
] as const)('are erased where central %s, and the application can be corrected all the same', async (_, answer) => {
  const { id } = waiting();
  central.script = (externalId) => (externalId === id ? answer : null);
  const to = start();
  await becomes(to, id, 'rejected');
  await eventually(() => expect(files()).toEqual([]));
  expect(to.captures.of(id)).toEqual([]);

  const correction = uuidv7();
  const again = take(to.captures, correction);
  const corrects = { applicationId: id, staffNumber: '1001' };
  enqueued(to.outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId: correction, corrects }));
  to.worker.wake();
  await becomes(to, correction, 'accepted');
  expect(central.captures.contentOf(correction, again.hash)?.equals(again.content)).toBe(true);
  await eventually(() => expect(files()).toEqual([]));
});

it('are refused where the disk is full, with nothing of them left', () => {
  const disk = smallDisk(1_024);
  if (disk === null) return;
  const { db, captures } = openOutbox({ dataDir: disk.path });
  const kept = captures.keep({ applicationId: uuidv7(), picture: picture(2_000_000), rescueKey });
  expect(kept).toEqual({ ok: false, error: 'disk-full' });
  expect(readdirSync(join(disk.path, CAPTURE_FOLDER))).toEqual([]);
  take(captures, uuidv7(), 1_000);
  db.close();
  disk.close();
});

it('reads the pictures of one application at a time into a rescue file', () => {
  const { db, outbox, captures } = openOutbox({ dataDir });
  const ids = [uuidv7(), uuidv7()];
  for (const applicationId of ids) {
    take(captures, applicationId);
    enqueued(outbox, anApplication(RESCUE_PUBLIC_PEM, { applicationId }));
  }
  const entries = rescueEntries(
    { db, dataDir },
    ids.map((id) => ({ id })),
  );
  const picturesOfNext = (): number | null => {
    const next = entries.next();
    return next.done === true ? null : next.value.captures.length;
  };
  expect(picturesOfNext()).toBe(1);
  for (const file of files()) rmSync(join(dataDir, CAPTURE_FOLDER, file));
  expect(picturesOfNext()).toBe(0);
  db.close();
});
