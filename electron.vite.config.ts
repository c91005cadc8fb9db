import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      target: 'node20.19',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          terminal: resolve(root, 'electron/browser-host/main.ts'),
          central: resolve(root, 'central/main.ts'),
          'virtual-printer': resolve(root, 'tools/virtual-printer/main.ts'),
        },
        external: ['better-sqlite3', '@napi-rs/canvas', '@node-rs/argon2', '@electric-sql/pglite', 'pg-native'],
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    build: {
      minify: true,
      target: 'chrome140',
      rolldownOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});
