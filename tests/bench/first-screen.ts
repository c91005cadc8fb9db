import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { type Figure, figureOf } from './figure.ts';

/** What the browser has to fetch and run before the greeting, against React alone, built the same way. */
export async function firstScreenFigures(root: string, folder: string): Promise<Figure[]> {
  const files = firstScreenFiles(join(root, 'out/renderer'));
  const measured = sum(files.map(gzippedBytes)) / 1000;
  const reference = gzippedBytes(await reactAlone(root, folder)) / 1000;
  return [
    figureOf([{ measured, reference }], {
      id: 'first-screen-script',
      title: 'JavaScript before the first screen ÷ react + react-dom',
      unit: 'KB gzip',
      limit: { kind: 'at-most', ratio: 3 },
      note: `${files.length} files: the page's own, what they import, and the texts of one language`,
    }),
  ];
}

/** The page's script with all that it imports statically, and the texts of one language, which the greeting waits for. */
function firstScreenFiles(outDir: string): string[] {
  const assets = join(outDir, 'assets');
  const read = (name: string): string => readFileSync(join(assets, name), 'utf8');
  const html = readFileSync(join(outDir, 'index.html'), 'utf8');
  const entries = namesIn(html, /(?:src|data-page-script)="\.\/assets\/([^"]+\.js)"/g);
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of namesIn(read(name), /(?:from|import)\s*["`]\.\/([^"`]+\.js)["`]/g)) reach(next);
  };
  for (const name of entries) reach(name);
  const texts = [...reached].flatMap((name) => namesIn(read(name), TEXTS_OF_ONE_LANGUAGE));
  if (texts.length === 0) throw new Error('the built page loads in a way not known here');
  for (const name of texts) reach(name);
  return [...reached].map((name) => join(assets, name));
}

const TEXTS_OF_ONE_LANGUAGE = /ja:\(\)=>\w+\(\(\)=>import\(`\.\/([^`]+\.js)`\)/g;

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

async function reactAlone(root: string, folder: string): Promise<string> {
  const entry = join(folder, 'react-alone.js');
  writeFileSync(
    entry,
    `import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
createRoot(document.body).render(createElement('p'));
`,
  );
  const outDir = join(folder, 'react-alone');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { lib: { entry, formats: ['es'], fileName: 'react-alone' }, outDir, target: 'chrome140', minify: true },
  });
  return join(outDir, 'react-alone.js');
}

function gzippedBytes(file: string): number {
  return gzipSync(readFileSync(file), { level: 9 }).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
