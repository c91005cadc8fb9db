import { createPackageWithOptions, getRawHeader } from '@electron/asar';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../tests/setup/eventually.ts';
import { NOT_IN_A_RELEASE, packageProblems } from './read-back.mjs';

const FUSES = { runAsNode: false, onlyLoadAppFromAsar: true };
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FONT = 'node_modules/@fontsource-variable/noto-sans';
const PDF_FONT = 'node_modules/@expo-google-fonts/noto-sans-jp';
const FACES = 'node_modules/@vladmandic/face-api/model';
const WASM = 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm';
const SQLITE = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';

/** As little as a package may hold. */
const APP = {
  'package.json': JSON.stringify({ main: 'out/main/main.js' }),
  'out/main/main.js': 'start();',
  'out/main/drawing-thread.js': 'draw();',
  'out/main/chunks/start-a1.js': 'export const start = 1;',
  'out/preload/preload.cjs': 'pass();',
  'out/renderer/index.html': '<!doctype html>',
  'out/renderer/assets/index-a1.js': 'show();',
  ...Object.fromEntries(['ja', 'en', 'zh', 'ko'].map((language) => [`resources/terms/${language}/common.json`, '{}'])),
  'resources/identity/policy.json': '{}',
  ...Object.fromEntries(['jp', 'kr', 'sc'].map((family) => [`${FONT}-${family}/unicode.json`, '{}'])),
  ...Object.fromEntries(
    ['400Regular', '700Bold'].map((weight) => [`${PDF_FONT}/${weight}/NotoSansJP_${weight}.ttf`, '']),
  ),
  ...Object.fromEntries(
    ['tiny_face_detector', 'face_landmark_68', 'face_recognition'].flatMap((name) => [
      [`${FACES}/${name}_model.bin`, ''],
      [`${FACES}/${name}_model-weights_manifest.json`, '[]'],
    ]),
  ),
  [WASM]: '',
  [SQLITE]: 'native',
};
const BESIDE = {
  madoguchi: `#!/bin/sh\n# ${SENTINEL}\x01\x0801001101`,
  'LICENSE.electron.txt': '',
  'LICENSES.chromium.html': '',
  'kiosk/install.sh': '',
  'resources/LICENCES.txt': '',
};

let root;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-read-back-'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Packs this app, with other files in place of those; `undefined` takes one away. */
async function problemsOf({ app = {}, beside = {}, unpack = '**/*.node' } = {}) {
  const folder = fs.mkdtempSync(path.join(root, 'package-'));
  const write = (into, files) => {
    for (const [name, content] of Object.entries(files)) {
      if (content === undefined) continue;
      const file = path.join(into, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
  };
  write(folder, { ...BESIDE, ...beside });
  const source = fs.mkdtempSync(path.join(root, 'app-'));
  write(source, { ...APP, ...app });
  const archive = path.join(folder, 'resources/app.asar');
  await createPackageWithOptions(source, archive, { unpack });
  // It ends its stream without waiting for what is still on the way to the disk.
  await eventually(() => expect(fs.statSync(archive).size).toBe(wholeSize(archive)));
  return packageProblems({ folder, program: 'madoguchi', fuses: FUSES });
}

/** In bytes, by what the archive's own header says: an 8-byte length, the header, the packed files. */
function wholeSize(archive) {
  const { header, headerSize } = getRawHeader(archive);
  const packed = ({ files, size = 0, unpacked = false }) => {
    if (files !== undefined) return Object.values(files).reduce((sum, file) => sum + packed(file), 0);
    return unpacked ? 0 : size;
  };
  return 8 + headerSize + packed(header);
}

describe('a package that is read back', () => {
  it('is as it should be', async () => {
    expect(await problemsOf()).toEqual([]);
  });

  it.each([
    ['out/node/central.js', 'serve();'],
    ['out/main/main.js.map', '{}'],
    ['central/demo/customers.json', '[]'],
    ['resources/catalog/catalog.json', '{}'],
    ['tests/e2e/kiosk.ts', ''],
    ['tools/virtual-printer/main.ts', ''],
    ['node_modules/@node-rs/argon2/index.js', ''],
    ['node_modules/@vladmandic/face-api/model/age_gender_model.bin', ''],
    ['node_modules/@tensorflow/tfjs-backend-cpu/package.json', '{}'],
  ])('has no %s', async (file, content) => {
    expect(await problemsOf({ app: { [file]: content } })).toEqual([`${file} does not belong there`]);
  });

  it('has everything that a terminal needs', async () => {
    const app = { 'out/preload/preload.cjs': undefined, 'resources/terms/ko/common.json': undefined };
    expect(await problemsOf({ app })).toEqual([
      'out/preload/preload.cjs is missing',
      'resources/terms/ko/common.json is missing',
    ]);
  });

  it.each(NOT_IN_A_RELEASE)('has nothing of %s in its code', async (what, word) => {
    const app = { 'out/main/chunks/start-a1.js': `export const start = ${JSON.stringify(word)};` };
    expect(await problemsOf({ app })).toEqual([`out/main/chunks/start-a1.js holds ${what}`]);
  });

  it('starts our main', async () => {
    const app = { 'package.json': JSON.stringify({ main: 'out/node/terminal.js' }) };
    expect(await problemsOf({ app })).toEqual(['package.json starts out/node/terminal.js']);
  });

  it('has native modules beside the archive, and nothing else', async () => {
    expect(await problemsOf({ app: { [SQLITE]: 'native' }, unpack: 'nothing' })).toContain(`${SQLITE} is not unpacked`);
    expect(await problemsOf({ unpack: '{**/*.node,**/start-a1.js}' })).toEqual([
      'out/main/chunks/start-a1.js lies outside the archive',
    ]);
  });

  it('has no second application beside the archive', async () => {
    const beside = { 'resources/app/main.js': '', 'resources/default_app.asar': '' };
    expect(await problemsOf({ beside })).toEqual([
      'resources/app does not belong there',
      'resources/default_app.asar does not belong there',
    ]);
  });

  it('has its fuses set', async () => {
    const beside = { madoguchi: `#!/bin/sh\n# ${SENTINEL}\x01\x0811001001` };
    expect(await problemsOf({ beside })).toEqual([
      'the fuse runAsNode is not off',
      'the fuse onlyLoadAppFromAsar is not on',
    ]);
    const newer = { madoguchi: `#!/bin/sh\n# ${SENTINEL}\x01\x0a0100110111` };
    expect(await problemsOf({ beside: newer })).toEqual(['Electron has 10 fuses, docs/security.md knows 9']);
  });

  it('has the licences and the kiosk’s set-up with it', async () => {
    const beside = { 'resources/LICENCES.txt': undefined, 'kiosk/install.sh': undefined };
    expect(await problemsOf({ beside })).toEqual(['LICENCES.txt is missing', '../kiosk is missing']);
  });
});
