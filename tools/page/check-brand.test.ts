import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, it, onTestFinished } from 'vitest';
import { checkBrand } from './check-brand.ts';

const SHIPPED = join(import.meta.dirname, '../../resources/brand/brand.css');

/** Builds a page that holds nothing else. */
function buildWith(brandFile: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-brand-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>x</title>');
  return build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [checkBrand(brandFile)],
    build: { write: false },
  });
}

function brandOf(style: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-brand-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'brand.css');
  writeFileSync(file, style);
  return file;
}

it('builds with the brand that ships', async () => {
  await expect(buildWith(SHIPPED)).resolves.toBeDefined();
});

it.each([
  [':root { --brand: #ffcc00; }', 'brand-contrast-low'],
  [':root { --brand: green; }', 'brand-colour-malformed'],
  [':root { --brand-mark: none; }', 'brand-colour-malformed'],
])('does not build with %s', async (style, code) => {
  await expect(buildWith(brandOf(style))).rejects.toThrow(code);
});
