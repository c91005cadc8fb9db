import { createPackage } from '@electron/asar';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPackages, licenceList, licenceProblems, packedPackages } from './licences.mjs';

let folder;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-licences-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(file, content) {
  const target = path.join(folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
}

const withLicence = (identifier) => ({ name: 'some-package', version: '1.0.0', identifier });

describe('licences of a release', () => {
  it.each(['MIT', 'ISC', 'OFL-1.1', '(MIT OR GPL-3.0-only)', 'MIT AND BSD-3-Clause'])('takes %s', (identifier) => {
    expect(licenceProblems([withLicence(identifier)])).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'AGPL-3.0-or-later', 'LGPL-2.1', 'MPL-2.0', 'MIT AND GPL-2.0-only', 'SSPL-1.0'])(
    'refuses %s',
    (identifier) => {
      expect(licenceProblems([withLicence(identifier)])).toEqual([
        `some-package 1.0.0: ${identifier} is not allowed in a release`,
      ]);
    },
  );

  it('refuses a package without a licence, and one that says it in its own words', () => {
    expect(licenceProblems([withLicence(undefined), withLicence('SEE LICENSE IN TERMS')])).toEqual([
      'some-package 1.0.0: no licence',
      'some-package 1.0.0: "SEE LICENSE IN TERMS" is not a licence that we know',
    ]);
  });

  it('are read from what Vite saw and from what lies in the archive', async () => {
    write('out/main/licences.json', [{ name: 'pino', version: '10.0.0', identifier: 'MIT', text: 'Pino’s text' }]);
    write('out/preload/licences.json', []);
    write('out/renderer/licences.json', [
      { name: 'react', version: '19.0.0', identifier: 'MIT', text: 'React’s text' },
    ]);
    write('app/node_modules/better-sqlite3/package.json', { name: 'better-sqlite3', version: '1.0.0', license: 'MIT' });
    write('app/node_modules/better-sqlite3/LICENSE', 'SQLite’s text');
    write('app/node_modules/better-sqlite3/lib/package.json', { type: 'commonjs' });
    write('app/node_modules/@scope/font/package.json', { name: '@scope/font', version: '2.0.0', license: 'OFL-1.1' });
    await createPackage(path.join(folder, 'app'), path.join(folder, 'app.asar'));

    const packages = [...bundledPackages(path.join(folder, 'out')), ...packedPackages(path.join(folder, 'app.asar'))];
    expect(packages.map(({ name }) => name).sort()).toEqual(['@scope/font', 'better-sqlite3', 'pino', 'react']);
    const list = licenceList(packages);
    for (const text of ['Pino’s text', 'React’s text', 'SQLite’s text']) expect(list).toContain(text);
    expect(list).toContain('@scope/font 2.0.0 (OFL-1.1)');
    expect(list).toContain('SIL OPEN FONT LICENSE');
  });
});
