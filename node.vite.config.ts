import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { faceLibrary } from './tools/face-library.ts';

const root = import.meta.dirname;

/** Loaded from node_modules as they are. */
export const NATIVE_MODULES = ['better-sqlite3', '@napi-rs/canvas'];

/** The programs that plain Node runs. None of them is in the packaged app. */
export default defineConfig({
  root,
  plugins: [faceLibrary(resolve(root, 'electron/backend/faces/tensorflow.ts'))],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    outDir: 'out/node',
    emptyOutDir: true,
    target: 'node20.19',
    sourcemap: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: {
        terminal: resolve(root, 'electron/browser-host/main.ts'),
        'terminal-with-dock': resolve(root, 'electron/dev-dock/main.ts'),
        'drawing-thread': resolve(root, 'electron/backend/drawing/drawing-thread.ts'),
        central: resolve(root, 'central/main.ts'),
        'virtual-printer': resolve(root, 'tools/virtual-printer/main.ts'),
      },
      external: [...NATIVE_MODULES, '@node-rs/argon2', '@electric-sql/pglite', 'pg-native'],
    },
  },
});
