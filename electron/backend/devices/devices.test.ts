import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CENTRAL_LINKS } from '../../../shared/contract/devices.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { VERSION } from '../version.ts';

let counter: CounterRig;
let staffSessionId = '';
beforeAll(async () => {
  counter = await startCounter();
  staffSessionId = await counter.signIn();
});
afterAll(() => counter.close());

const devices = () => counter.client.devices;

it('tells what a field engineer asks for, and nothing of where it is kept', async () => {
  const found = await devices().look({ staffSessionId });
  expect(found).toMatchObject({
    terminal: { code: 'T01', version: VERSION },
    printer: { carrier: 'network', address: counter.printer.address.replace('tcp://', '') },
    central: { address: counter.central.host, isSecure: false, isLoopback: true },
    clock: { aheadSeconds: 0 },
  });
  expect(found.terminal.shopName).toBeTruthy();
  expect(found.disk.freeBytes).toBeGreaterThan(0);
  expect(found.disk.databaseBytes).toBeGreaterThan(0);
  expect(JSON.stringify(found)).not.toContain(counter.dataDir);
});

it('prints the hard cases on a slip that is nothing else', async () => {
  expect(await devices().testPrinter({ staffSessionId })).toEqual({ kind: 'printed' });
  const text = counter.printer.receipts.at(-1)?.text ?? '';
  expect(counter.printer.errors).toEqual([]);
  expect(text).toContain('[reversed]');
  expect(text).toContain('テスト印字');
  expect(text).toContain('[underline]Aa Zz 09 カナ ひらがな 漢字[/underline]');
  expect(text).toMatch(/\[QR MADOGUCHI T01 \d{4}-\d{2}-\d{2} \d{2}:\d{2}\]/);
  // The names, underlined once more, and the two languages: as pictures, each of its own width.
  expect(text.match(/^\[image \d+x34\]$/gm)).toHaveLength(4);
  counter.printer.setPaper('out');
  expect(await devices().testPrinter({ staffSessionId })).toEqual({ kind: 'refused', reason: 'paper-out' });
  counter.printer.setPaper('ok');
});

it('goes along the whole chain to central and times it', async () => {
  const found = await devices().testCentral({ staffSessionId });
  expect(found.held.map(({ link }) => link)).toEqual(CENTRAL_LINKS);
  expect(found.broken).toBeNull();
  expect(found.roundTrips).toHaveLength(5);
});

it('writes to the disk and leaves nothing behind', async () => {
  const before = readdirSync(counter.dataDir).sort();
  expect(await devices().testDisk({ staffSessionId })).toMatchObject({ kind: 'written', bytes: 1024 * 1024 });
  expect(readdirSync(counter.dataDir).sort()).toEqual(before);
});

it('asks central for its time', async () => {
  expect(await devices().testClock({ staffSessionId })).toEqual({ kind: 'compared', aheadSeconds: 0 });
});

it('is for staff at their screen', async () => {
  const away = await counter.signIn();
  await counter.client.staff.leave({ staffSessionId: away });
  const printed = counter.printer.receipts.length;
  for (const call of [devices().look, devices().testPrinter, devices().testCentral, devices().testDisk]) {
    await expect(call({ staffSessionId: away })).rejects.toMatchObject({ code: 'STAFF_AWAY' });
    await expect(call({ staffSessionId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'STAFF_GONE' });
  }
  expect(counter.printer.receipts).toHaveLength(printed);
});

it('says where the chain breaks while central is away, and that it cannot tell the time', async () => {
  await counter.stopCentral();
  expect(await devices().testCentral({ staffSessionId })).toMatchObject({
    held: [{ link: 'name' }],
    broken: { link: 'connection', reason: 'refused' },
    roundTrips: [],
  });
  expect(await devices().testClock({ staffSessionId })).toEqual({ kind: 'no-answer' });
  await counter.startCentral();
});
