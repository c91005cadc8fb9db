import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDisk } from '../../tests/setup/small-disk.ts';
import { ownHalf } from '../backend/outbox/own-half.ts';
import { loadTerminalKey, type TerminalKey } from '../backend/outbox/terminal-key.ts';
import { keyInFile, SEALED_KEY_FILE, TERMINAL_KEY_FILE } from '../backend/outbox/terminal-key-file.ts';
import { type Keyring, openKeyStore } from './sealed-key.ts';

let dataDir = '';
let warned = 0;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sealed-key-'));
  ownHalf(dataDir).replace();
  warned = 0;
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A system's keyring: its own key, which never leaves it. */
function keyring(backend = 'gnome_libsecret'): Keyring {
  const key = randomBytes(32);
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Promise.resolve(Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
    },
    decryptStringAsync: async (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      const result = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
      return Promise.resolve({ result });
    },
  };
}

async function load(ring: Keyring, mayCreate = true, platform: NodeJS.Platform = 'linux') {
  const store = await openKeyStore({ dataDir, keyring: ring, platform, onNoKeyring: () => (warned += 1) });
  return store.ok ? loadTerminalKey({ store: store.value, half: ownHalf(dataDir), mayCreate }) : store;
}

async function keyOf(...input: Parameters<typeof load>): Promise<TerminalKey> {
  const key = await load(...input);
  if (!key.ok) throw new Error(key.error.code);
  return key.value;
}

const has = (name: string): boolean => existsSync(join(dataDir, name));

describe("the terminal's key under the system's keyring", () => {
  it('is sealed from the first start and opens at every later one', async () => {
    const ring = keyring();
    const first = await keyOf(ring);
    expect(has(TERMINAL_KEY_FILE)).toBe(false);
    expect(statSync(join(dataDir, SEALED_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect((await keyOf(ring, false)).wrappingKey).toEqual(first.wrappingKey);
    expect(warned).toBe(0);
  });

  it('stays in its file where the disk has no room for it sealed', async () => {
    const disk = smallDisk(64);
    if (disk === null) return;
    const given = { dataDir: disk.path, keyring: keyring(), platform: 'linux', onNoKeyring: () => undefined } as const;
    const plain = keyInFile(disk.path).create();
    expect(() => writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(128 * 1024))).toThrow();
    expect((await openKeyStore(given)).ok && keyInFile(disk.path).read()).toEqual({ ok: true, value: plain });
    rmSync(join(disk.path, 'ballast'));
    expect((await openKeyStore(given)).ok).toBe(true);
    expect(readdirSync(disk.path)).toEqual([SEALED_KEY_FILE]);
    disk.close();
  });

  it('is never made anew where applications wait', async () => {
    expect(await load(keyring(), false)).toEqual({ ok: false, error: { code: 'terminal-key-missing' } });
    expect(has(SEALED_KEY_FILE)).toBe(false);
  });

  it('seals the key of a file, also when it was stopped between sealing and taking the file away', async () => {
    const plain = keyInFile(dataDir).create();
    const ring = keyring();
    const first = await keyOf(ring, false);
    expect(has(TERMINAL_KEY_FILE)).toBe(false);
    expect(readFileSync(join(dataDir, SEALED_KEY_FILE)).includes(plain)).toBe(false);
    writeFileSync(join(dataDir, TERMINAL_KEY_FILE), plain);
    expect((await keyOf(ring, false)).wrappingKey).toEqual(first.wrappingKey);
    expect(has(TERMINAL_KEY_FILE)).toBe(false);
  });

  it.each(['basic_text', 'unknown'])(
    "never uses Linux's %s: the key stays in its file, and that is said",
    async (name) => {
      const first = await keyOf(keyring(name));
      expect(has(SEALED_KEY_FILE)).toBe(false);
      expect(statSync(join(dataDir, TERMINAL_KEY_FILE)).mode & 0o777).toBe(0o600);
      expect(warned).toBe(1);
      expect((await keyOf(keyring(name), false)).wrappingKey).toEqual(first.wrappingKey);
    },
  );

  it("takes Windows' own, which has no name", async () => {
    await keyOf(keyring('unknown'), true, 'win32');
    expect(has(SEALED_KEY_FILE)).toBe(true);
  });

  it('refuses a sealed key that cannot be opened, and makes no other beside it', async () => {
    await keyOf(keyring());
    expect(await load(keyring())).toEqual({ ok: false, error: { code: 'terminal-key-invalid' } });
    expect(await load(keyring('basic_text'))).toEqual({ ok: false, error: { code: 'terminal-key-locked' } });
    expect(loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: true })).toEqual({
      ok: false,
      error: { code: 'terminal-key-locked' },
    });
    expect(has(TERMINAL_KEY_FILE)).toBe(false);
  });

  it('becomes another for good when the terminal loses its half, twice too', async () => {
    const ring = keyring();
    const key = await load(ring);
    if (!key.ok) throw new Error(key.error.code);
    const seen = new Set<string>();
    for (let time = 1; time <= 3; time += 1) {
      seen.add(key.value.wrappingKey.toString('hex'));
      expect((await keyOf(ring, false)).wrappingKey).toEqual(key.value.wrappingKey);
      key.value.renew();
    }
    expect(seen.size).toBe(3);
  });

  it('leaves the choice between two different keys to a person', async () => {
    const ring = keyring();
    await keyOf(ring);
    writeFileSync(join(dataDir, TERMINAL_KEY_FILE), randomBytes(32));
    expect(await load(ring)).toEqual({ ok: false, error: { code: 'terminal-key-invalid' } });
    expect(has(TERMINAL_KEY_FILE)).toBe(true);
  });
});
