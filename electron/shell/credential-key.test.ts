import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownHalf } from '../backend/outbox/own-half.ts';
import { deriveTerminalKey, loadTerminalKey } from '../backend/outbox/terminal-key.ts';
import { keyInFile, SEALED_KEY_FILE, TERMINAL_KEY_FILE } from '../backend/outbox/terminal-key-file.ts';
import { keyFromSystemd } from './credential-key.ts';

let folder = '';
let dataDir = '';
let env: NodeJS.ProcessEnv = {};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credential-key-'));
  dataDir = join(folder, 'data');
  env = { CREDENTIALS_DIRECTORY: join(folder, 'credentials') };
  mkdirSync(dataDir);
  mkdirSync(join(folder, 'credentials'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const handOver = (secret: Buffer): void => writeFileSync(join(folder, 'credentials/terminal-key'), secret);
const INVALID = { ok: false, error: { code: 'terminal-key-invalid' } };

describe("the terminal's key from systemd", () => {
  it('is the one that it hands over, and none is written down', () => {
    const secret = randomBytes(32);
    handOver(secret);
    const store = keyFromSystemd({ env, dataDir });
    if (!store?.ok) throw new Error('no key');
    const half = ownHalf(dataDir);
    const expected = deriveTerminalKey(secret, half.replace());
    const key = loadTerminalKey({ store: store.value, half, mayCreate: false });
    expect(key.ok && key.value.wrappingKey).toEqual(expected.wrappingKey);
    expect(existsSync(join(dataDir, TERMINAL_KEY_FILE))).toBe(false);
  });

  it('is looked for elsewhere when it hands over none', () => {
    expect(keyFromSystemd({ env, dataDir })).toBeNull();
    expect(keyFromSystemd({ env: {}, dataDir })).toBeNull();
  });

  it('is refused when it is no key', () => {
    handOver(Buffer.from('short'));
    expect(keyFromSystemd({ env, dataDir })).toEqual(INVALID);
  });

  it('takes the same key out of its file', () => {
    handOver(keyInFile(dataDir).create());
    expect(keyFromSystemd({ env, dataDir })?.ok).toBe(true);
    expect(existsSync(join(dataDir, TERMINAL_KEY_FILE))).toBe(false);
  });

  it('never takes the place of another key, under which applications may wait', () => {
    keyInFile(dataDir).create();
    handOver(randomBytes(32));
    expect(keyFromSystemd({ env, dataDir })).toEqual(INVALID);
    rmSync(join(dataDir, TERMINAL_KEY_FILE));
    writeFileSync(join(dataDir, SEALED_KEY_FILE), 'sealed');
    expect(keyFromSystemd({ env, dataDir })).toEqual(INVALID);
  });
});
