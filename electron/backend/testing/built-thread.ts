import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { NATIVE_MODULES } from '../../../node.vite.config.ts';
import { faceLibrary } from '../../../tools/face-library.ts';

const root = join(import.meta.dirname, '../../..');

interface BuiltThread {
  /** The drawing thread's program as it ships. */
  readonly file: string;
  /** `lasting-thread.ts`, built alike. */
  readonly lasting: string;
  readonly folder: string;
  remove(): void;
}

export async function buildThread(): Promise<BuiltThread> {
  // Under the project, so that the native modules are found.
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out', 'drawing-test-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [faceLibrary(join(import.meta.dirname, '../faces/tensorflow.ts'))],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.19',
      rolldownOptions: {
        input: {
          'drawing-thread': join(import.meta.dirname, '../drawing/drawing-thread.ts'),
          'lasting-thread': join(import.meta.dirname, 'lasting-thread.ts'),
        },
        external: NATIVE_MODULES,
      },
    },
  });
  return {
    ...{ file: join(folder, 'drawing-thread.js'), lasting: join(folder, 'lasting-thread.js'), folder },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
