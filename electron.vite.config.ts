import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { NATIVE_MODULES } from './node.vite.config.ts';

const root = import.meta.dirname;

/** Which packages went into a bundle, and under which licences: for the list that a release carries. */
const license = { fileName: 'licences.json' };

/** What ships: Electron's main process with the terminal's backend in it, the preload and the page. */
export default defineConfig({
  main: {
    build: {
      target: 'node20.19',
      externalizeDeps: false,
      sourcemap: true,
      license,
      rolldownOptions: { input: { main: resolve(root, 'electron/main.ts') }, external: NATIVE_MODULES },
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
    plugins: [react()],
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
