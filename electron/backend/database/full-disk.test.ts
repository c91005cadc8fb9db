import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { smallDisk } from '../../../tests/setup/small-disk.ts';
import { testDisk } from '../devices/check-disk.ts';
import { ownHalf } from '../outbox/own-half.ts';
import { loadTerminalKey } from '../outbox/terminal-key.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { writeForGood } from './small-file.ts';

const disk = smallDisk(256);
afterAll(() => disk?.close());

const thrownBy = (act: () => void): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
};

it.skipIf(disk === null)('writes a file whole or not at all, also where a part of it would fit', async () => {
  const folder = disk?.path ?? '';
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(128 * 1024));
  const error = thrownBy(() => writeForGood(folder, 'report.pdf', Buffer.alloc(512 * 1024)));
  expect(error).toMatchObject({ code: 'ENOSPC' });
  expect(readdirSync(folder)).toEqual(['ballast']);
  writeForGood(folder, 'report.pdf', Buffer.from('small enough'));
  expect(readFileSync(join(folder, 'report.pdf'), 'utf8')).toBe('small enough');
  expect(await testDisk(folder, () => performance.now())).toEqual({ kind: 'failed', reason: 'full' });
  expect(readdirSync(folder).sort()).toEqual(['ballast', 'report.pdf']);
});

it.skipIf(disk === null)(
  'refuses the first start in words where the key finds no room, and keeps no half of it',
  () => {
    const folder = disk?.path ?? '';
    const load = () => loadTerminalKey({ store: keyInFile(folder), half: ownHalf(folder), mayCreate: true });
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(128 * 1024));
    expect(thrownBy(() => writeFileSync(join(folder, 'rest'), Buffer.alloc(256 * 1024)))).toMatchObject({
      code: 'ENOSPC',
    });
    expect(load()).toEqual({ ok: false, error: { code: 'disk-full' } });
    rmSync(ballast);
    expect(load().ok).toBe(true);
  },
);
