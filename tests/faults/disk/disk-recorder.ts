import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundleForNode } from '../../../electron/backend/testing/bundle.ts';
import { keepTrackOf } from '../children.ts';

/** Programs of this folder, ready to be run by plain Node with the shim between them and their disk. */
export interface DiskPrograms {
  readonly shim: string;
  /** By name, without `.ts`. */
  readonly bundle: (program: string) => Promise<string>;
}

/** @param sources the folder of this file; @param folder inside the repository, so that the bundles find the native modules */
export function diskPrograms(sources: string, folder: string): DiskPrograms {
  const shim = join(folder, 'disk-shim.so');
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', shim, join(sources, 'disk-shim.c')]);
  return { shim, bundle: (program) => bundleForNode(join(sources, `${program}.ts`), folder) };
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export async function runOverShim(input: {
  programs: DiskPrograms;
  bundle: string;
  args: readonly string[];
  /** Watched by the shim. */
  folder: string;
  /** null: nothing is written down. */
  record: string | null;
}): Promise<Ended> {
  const child = keepTrackOf(
    spawn(process.execPath, [input.bundle, ...input.args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        LD_PRELOAD: input.programs.shim,
        MADOGUCHI_DISK_FOLDER: input.folder,
        ...(input.record === null ? {} : { MADOGUCHI_DISK_RECORD: input.record }),
      },
    }),
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}
