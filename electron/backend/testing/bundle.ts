import { dirname, join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a TypeScript entry so that plain Node runs it as a process of its own.
 * @returns path of the bundle, inside `outDir`
 */
export async function bundleForNode(entry: string, outDir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    // The entry says where everything is found; this file may itself be bundled.
    root: dirname(entry),
    ssr: { noExternal: true, external: ['better-sqlite3', '@napi-rs/canvas'] },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.19',
      minify: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs', format: 'es' } },
    },
  });
  return join(outDir, `${entry.replace(/^.*\//, '').replace(/\.ts$/, '')}.mjs`);
}
