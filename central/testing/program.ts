import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const readySchema = z.strictObject({ ready: z.url() });

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProgram {
  readonly url: string;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Run>;
}

/** Central as a program of its own, built anew from the sources. */
export interface Program {
  run(args: readonly string[], env?: Record<string, string>): Promise<Run>;
  /** Waits for the ready line. */
  start(args: readonly string[], env?: Record<string, string>): Promise<RunningProgram>;
  /** Ends what still runs. */
  dispose(): void;
}

export async function buildProgram(): Promise<Program> {
  // Under the project, so that the dependencies are found.
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out', 'central-test-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { ssr: join(root, 'central', 'main.ts'), outDir: folder, target: 'node20.19' },
  });
  const children = new Set<ChildProcess>();
  const launch = (args: readonly string[], env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(folder, 'main.js'), ...args], {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: '', RESCUE_PUBLIC_KEY_FILE: '', CATALOG_FILE: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    const ended = new Promise<Run>((resolve) => {
      child.once('close', (code) => {
        children.delete(child);
        resolve({ code, ...output });
      });
    });
    return { child, ended };
  };
  return {
    run: (args, env = {}) => launch(args, env).ended,
    start: async (args, env = {}) => {
      const { child, ended } = launch(args, env);
      const line = await Promise.race([
        new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
        ended.then((run) => {
          throw new Error(`central ended before it was ready: ${run.stderr}`);
        }),
      ]);
      return {
        url: readySchema.parse(JSON.parse(line)).ready,
        end: (signal) => {
          child.kill(signal);
          return ended;
        },
      };
    },
    dispose: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
