import electronUpdater from 'electron-updater';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type RequestOptions } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signUpdate } from '../../../tools/release/sign-update.mjs';
import { createLogger } from '../../backend/log/logger.ts';
import { isSignedUpdate } from './signed-update.ts';
import { createUpdateSource } from './update-source.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
/** As build/electron-builder.yml names it: the same in every version. */
const PROGRAM = 'madoguchi-x86_64.AppImage';
const program = Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), randomBytes(300_000)]);

/** What the operator's server gives, by path. */
const served = new Map<string, Buffer | string>();
const server = createServer(({ url = '' }, response) => {
  const file = served.get(url.split('?')[0] ?? '');
  response.writeHead(file === undefined ? 404 : 200).end(file);
});
let feedUrl = '';
let folder = '';
let quits = 0;
const quit = (): void => {
  quits += 1;
};

/** What electron-updater asks Electron for: here its network is Node's. @returns takes it away again */
function standInForElectron(): () => void {
  const require = createRequire(import.meta.url);
  const file = require.resolve('electron');
  require(file);
  const loaded = require.cache[file];
  if (loaded === undefined) throw new Error("Electron's package is not in Node's cache");
  const own: unknown = loaded.exports;
  loaded.exports = {
    app: {
      ...{ isPackaged: true, getVersion: () => '1.2.3', getName: () => 'madoguchi', getPath: () => folder },
      ...{ whenReady: () => Promise.resolve(), once: () => undefined, quit },
    },
    autoUpdater: new EventEmitter(),
    net: { request: (options: RequestOptions) => httpRequest({ ...options, agent: false }) },
    session: { fromPartition: () => ({}) },
  };
  return () => {
    loaded.exports = own;
  };
}

/** A `latest-linux.yml`: JSON is YAML too. */
function feed(version: string, tellsOf = version): string {
  const file = { url: PROGRAM, sha512: createHash('sha512').update(program).digest('base64'), size: program.length };
  const info = { version, files: [file], path: PROGRAM, sha512: file.sha512, releaseDate: '2026-11-25T01:00:00.000Z' };
  return JSON.stringify({ ...signUpdate(info, privatePem), version: tellsOf });
}

/** The updater of an AppImage of version 1.2.3, as the packaged app has it. */
function sourceOf() {
  const updater = new electronUpdater.AppImageUpdater({ provider: 'generic', url: feedUrl });
  updater.disableDifferentialDownload = true;
  // A package carries a file that names it.
  writeFileSync(
    join(folder, 'app-update.yml'),
    JSON.stringify({ provider: 'generic', url: feedUrl, updaterCacheDirName: 'u' }),
  );
  updater.updateConfigPath = join(folder, 'app-update.yml');
  return createUpdateSource(
    { quit },
    updater,
    createLogger(() => undefined),
    join(folder, PROGRAM),
  );
}

const pending = (): string[] => readdirSync(join(folder, 'u/pending'));

let takeStandInAway: () => void;

describe('updates from a server', () => {
  beforeAll(async () => {
    takeStandInAway = standInForElectron();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    feedUrl = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}/updates`;
  });
  afterAll(() => {
    takeStandInAway();
    server.close();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'update-source-'));
    process.env['XDG_CACHE_HOME'] = folder;
    process.env['APPIMAGE'] = join(folder, PROGRAM);
    served.set('/updates/latest-linux.yml', feed('1.2.4'));
    served.set(`/updates/${PROGRAM}`, program);
  });
  afterEach(() => {
    delete process.env['APPIMAGE'];
    delete process.env['XDG_CACHE_HOME'];
    rmSync(folder, { recursive: true });
  });

  it('are told with the signature that the feed carries, fetched, and on disk as they were published', async () => {
    const source = sourceOf();
    expect(isSignedUpdate(await source.check(), publicPem)).toBe(true);
    await source.download();
    expect(readFileSync(join(folder, 'u/pending', PROGRAM)).equals(program)).toBe(true);
  });

  it('take the place of the program, under the name that its supervisor starts, and end it', async () => {
    const installed = join(folder, PROGRAM);
    writeFileSync(installed, 'version 1.2.3');
    const source = sourceOf();
    await source.check();
    await source.download();
    const before = quits;
    source.install();
    expect(readFileSync(installed).equals(program)).toBe(true);
    expect(statSync(installed).mode & 0o777).toBe(0o755);
    expect(quits).toBeGreaterThan(before);
  });

  it('lie whole beside the program before anything ends, whatever becomes of the cache', async () => {
    const installed = join(folder, PROGRAM);
    writeFileSync(installed, 'version 1.2.3');
    const source = sourceOf();
    await source.check();
    await source.download();
    rmSync(join(folder, 'u'), { recursive: true });
    source.install();
    expect(readFileSync(installed).equals(program)).toBe(true);
  });

  it('leave the program alone where there is no room for them beside it', async () => {
    const installed = join(folder, PROGRAM);
    writeFileSync(installed, 'version 1.2.3');
    mkdirSync(`${installed}.new`);
    const source = sourceOf();
    await source.check();
    await expect(source.download()).rejects.toThrow();
    expect(readFileSync(installed, 'utf8')).toBe('version 1.2.3');
  });

  it('leave the program alone where they cannot take its place, and end it all the same', async () => {
    const installed = join(folder, PROGRAM);
    writeFileSync(installed, 'version 1.2.3');
    const source = sourceOf();
    await source.check();
    await source.download();
    rmSync(`${installed}.new`, { force: true });
    rmSync(join(folder, 'u'), { recursive: true });
    const before = quits;
    source.install();
    expect(readFileSync(installed, 'utf8')).toBe('version 1.2.3');
    expect(quits).toBeGreaterThan(before);
  });

  it('are none where the feed has the same version or an older one', async () => {
    for (const version of ['1.2.3', '1.2.2']) {
      served.set('/updates/latest-linux.yml', feed(version));
      expect(await sourceOf().check()).toBeNull();
    }
  });

  it('are not taken where the feed was changed after signing', async () => {
    served.set('/updates/latest-linux.yml', feed('1.2.4', '1.2.5'));
    const info = await sourceOf().check();
    expect(info).toMatchObject({ version: '1.2.5' });
    expect(isSignedUpdate(info, publicPem)).toBe(false);
  });

  it('are thrown away where the program is not the one that was signed', async () => {
    served.set(`/updates/${PROGRAM}`, Buffer.concat([program.subarray(0, -1), Buffer.from([0])]));
    const source = sourceOf();
    await source.check();
    await expect(source.download()).rejects.toThrow('sha512 checksum mismatch');
    expect(pending()).not.toContain(PROGRAM);
  });
});
