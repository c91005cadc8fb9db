import asar from '@electron/asar';
import fs from 'node:fs';
import path from 'node:path';
import standardTexts from 'spdx-license-list/full.js';
import satisfies from 'spdx-satisfies';

/** What may be in a product whose own source is not given away. Copyleft is not among them, and neither is "unknown". */
const ALLOWED = [
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'OFL-1.1'],
  ...['Unlicense', 'Zlib'],
];
/** Packages that name their licence in words which are no SPDX expression, and what these words say. */
const CLARIFIED = { unorm: 'MIT OR GPL-2.0-only' };
const LICENCE_FILE = /^(licen[cs]e|copying)/i;
const BUILDS = ['main', 'preload', 'renderer'];

/** What Vite wrote down about each of the three bundles while it built them. */
export function bundledPackages(outDir) {
  return BUILDS.flatMap((build) => JSON.parse(fs.readFileSync(path.join(outDir, build, 'licences.json'), 'utf8')));
}

/** The packages that lie in the archive as they are. */
export function packedPackages(archive) {
  const files = asar.listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const read = (file) => asar.extractFile(archive, path.normalize(file.slice(1))).toString('utf8');
  return files
    .filter((file) => /\/node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(file))
    .map((file) => {
      const { name, version, license } = JSON.parse(read(file));
      const folder = path.posix.dirname(file);
      // A font's own licence may lie beside that of its package.
      const texts = files.filter(
        (other) => path.posix.dirname(other) === folder && LICENCE_FILE.test(path.basename(other)),
      );
      return { name, version, identifier: license, text: texts.map(read).join('\n\n') || undefined };
    });
}

/** What is wrong with the licences of these packages, a line each. */
export function licenceProblems(packages) {
  return packages.flatMap((entry) => {
    const licence = licenceOf(entry);
    if (licence === undefined) return [`${entry.name} ${entry.version}: no licence`];
    try {
      if (satisfies(licence, ALLOWED)) return [];
    } catch {
      return [`${entry.name} ${entry.version}: "${licence}" is not a licence that we know`];
    }
    return [`${entry.name} ${entry.version}: ${licence} is not allowed in a release`];
  });
}

/** The list that goes with the release: who wrote what, and under which licence. */
export function licenceList(packages) {
  const byName = new Map(packages.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  const sorted = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = sorted.map(([title, entry]) => {
    const licence = licenceOf(entry);
    return `${title} (${licence})\n${'-'.repeat(title.length)}\n\n${entry.text?.trim() ?? standardText(licence)}\n`;
  });
  return [
    'This program contains the following packages. Electron and Chromium have lists of their own beside it.\n',
    ...parts,
  ].join('\n\n');
}

const licenceOf = ({ name, identifier }) => CLARIFIED[name] ?? identifier;

/** For a package that comes without the text of its licence. */
function standardText(licence) {
  const text = standardTexts[licence]?.licenseText;
  if (text === undefined) throw new Error(`no text is known for the licence ${licence}`);
  return `(The package itself comes without this text.)\n\n${text.trim()}`;
}
