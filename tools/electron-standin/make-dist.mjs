import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../project.mjs';

/** Where a packager finds and sets the fuses: this text, a version, a length, and one character for each, as Electron ships them. */
const FUSES = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011', 'latin1');
const LOCALES = ['en-US', 'ja', 'ko', 'zh-CN'];
const OWN_FOLDER = import.meta.dirname;

/**
 * Lays a folder out as Electron's download is, for a packager. What it packs runs on this machine only: the program
 * leads back to this folder and to the Node and Chromium that are installed.
 */
export function makeDist(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, 'locales'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'resources'));
  const script = fs
    .readFileSync(path.join(OWN_FOLDER, 'electron'), 'utf8')
    .replace(/^here=.*$/m, () => `here='${OWN_FOLDER.replaceAll("'", String.raw`'\''`)}'`);
  // The shell never reads on after the line that becomes Node.
  fs.writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(script), FUSES, Buffer.from('\n')]), {
    mode: 0o755,
  });
  const { version } = createRequire(import.meta.url)('electron/package.json');
  fs.writeFileSync(path.join(folder, 'version'), version);
  fs.copyFileSync(path.join(root, 'node_modules/electron/LICENSE'), path.join(folder, 'LICENSE'));
  const note = 'Made by tools/electron-standin/make-dist.mjs: there is no Electron here.\n';
  for (const name of ['LICENSES.chromium.html', 'chrome-sandbox', ...LOCALES.map((one) => `locales/${one}.pak`)]) {
    fs.writeFileSync(path.join(folder, name), note);
  }
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${makeDist(path.join(root, 'out/electron-standin'))}\n`);
}
