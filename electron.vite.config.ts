import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import { NONCE_PLACE } from './electron/backend/page-files/nonce-place.ts';
import { NATIVE_MODULES } from './node.vite.config.ts';
import { faceLibrary } from './tools/face-library.ts';
import { checkBrand } from './tools/page/check-brand.ts';
import { greetingInPage } from './tools/page/greeting-in-page.ts';
import { scriptAfterPaint } from './tools/page/script-after-paint.ts';
import { styleInPage } from './tools/page/style-in-page.ts';

const root = import.meta.dirname;

/** Which packages went into a bundle, and under which licences: for the list that a release carries. */
const license = { fileName: 'licences.json' };

/** The texts that a page begins with, unless its address asks for others. */
const FIRST_TEXTS = '/app/texts/ja.ts';

/** What ships: Electron's main process with the terminal's backend in it, the preload and the page. */
export default defineConfig({
  main: {
    plugins: [faceLibrary(resolve(root, 'electron/backend/faces/tensorflow.ts'))],
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
    html: { cspNonce: NONCE_PLACE },
    plugins: [
      react(),
      checkBrand(resolve(root, 'resources/brand/brand.css')),
      scriptAfterPaint(resolve(root, 'renderer/after-first-paint.ts'), FIRST_TEXTS),
      styleInPage(NONCE_PLACE),
      greetingInPage(resolve(root, 'renderer')),
    ],
    build: {
      minify: true,
      license,
      target: 'chrome140',
      // It is no download: the shell hands it over from the disk.
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: {
        input: { index: resolve(root, 'renderer/index.html'), service: resolve(root, 'renderer/service.html') },
        // All that the first screen needs is one file: each costs a way through the shell before anything is seen.
        output: {
          codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'], test: /^(?!.*service\.(html|css))/ }] },
        },
      },
    },
  },
});
