import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOnce } from './start-once.mjs';

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-start-once-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function program(name, script) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

describe('the start of a packed terminal', () => {
  it('has to end in order where there are signals, and at once on Windows', async () => {
    const orderly = program('orderly', `trap 'exit 0' TERM; echo '{"ready":"x"}'; while :; do sleep 0.05; done`);
    const cut = program('cut', `echo '{"ready":"x"}'; exec sleep 60`);
    await expect(startOnce(orderly, 'linux')).resolves.toBeUndefined();
    await expect(startOnce(cut, 'linux')).rejects.toThrow('ended with SIGTERM');
    await expect(startOnce(cut, 'win32')).resolves.toBeUndefined();
  });

  it('fails with what it said where it ends before it is ready', async () => {
    const broken = program('broken', `echo 'no display' >&2; exit 3`);
    await expect(startOnce(broken, 'linux')).rejects.toThrow(/ended with 3:\nno display/);
  });
});
