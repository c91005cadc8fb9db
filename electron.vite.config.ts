import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { NATIVE_MODULES } from './node.vite.config.ts';

const root = import.meta.dirname;

/** Which packages went into a bundle, and under which licences: for the list that a release carries. */
const license = { fileName: 'licences.json' };

/** The texts that a page begins with, unless its address asks for others. */
const FIRST_TEXTS = '/app/texts/ja.ts';

/**
 * What the entry awaits, Vite names no preload for: it would be asked for only when the entry runs, and the texts only
 * when all of that has come.
 */
const preloadFirstScreen: Plugin = {
  name: 'preload-first-screen',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { chunk, bundle = {} }) => {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const wanted = new Set(chunk?.dynamicImports ?? []);
      for (const name of wanted)
        for (const next of chunks.find((one) => one.fileName === name)?.imports ?? []) wanted.add(next);
      const texts = chunks.filter(({ facadeModuleId }) => facadeModuleId?.endsWith(FIRST_TEXTS));
      const missing = [...wanted, ...texts.map(({ fileName }) => fileName)].filter(
        (name) => !chunk?.imports.includes(name),
      );
      return missing.map((name) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name}` },
        injectTo: 'head' as const,
      }));
    },
  },
};

/** What ships: Electron's main process with the terminal's backend in it, the preload and the page. */
export default defineConfig({
  main: {
    build: {
      target: 'node20.19',
      externalizeDeps: false,
      sourcemap: true,
      license,
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/main.ts'),
          'drawing-thread': resolve(root, 'electron/backend/drawing/drawing-thread.ts'),
        },
        external: NATIVE_MODULES,
      },
    },
  },
  preload: {
    build: {
      target: 'node20.19',
      externalizeDeps: false,
      license,
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), preloadFirstScreen],
    build: {
      minify: true,
      license,
      target: 'chrome140',
      rolldownOptions: {
        input: { index: resolve(root, 'renderer/index.html'), service: resolve(root, 'renderer/service.html') },
      },
    },
  },
});
