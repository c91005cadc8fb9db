import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { enqueued, openOutbox } from '../../electron/backend/testing/sync-rig.ts';
import { benchApplication } from './applications.ts';
import { startBenchTerminal } from './bench-terminal.ts';

const readySchema = z.object({ ready: z.url() });

/** A terminal that has enrolled and is switched off. */
export async function enrolTerminal(root: string, central: FakeCentral, dataDir: string): Promise<void> {
  const { backend, host } = await startBenchTerminal({ root, central: central.url, dataDir });
  await host.close();
  await backend.close();
}

/** So many applications on its disk, as an outage leaves them. @param first serial number that the next ones begin with */
export function queueUp(dataDir: string, count: number, first: number): void {
  const { db, outbox } = openOutbox({ dataDir });
  for (let at = 0; at < count; at += 1) enqueued(outbox, benchApplication(first + at).input);
  db.close();
}

/** The terminal as a program of its own. @returns it as soon as its page is served, and that page's address */
export async function startTerminalProgram(
  root: string,
  central: URL,
  dataDir: string,
): Promise<{ program: ChildProcess; page: URL }> {
  const program = spawn(
    process.execPath,
    [
      ...[join(root, 'out/node/terminal.js'), '--port', '0', '--central', central.href, '--data', dataDir],
      ...['--printer', 'tcp://127.0.0.1:9', '--mode', 'self-service', '--no-window'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = z.tuple([z.string()]).parse(await once(createInterface(program.stdout), 'line'));
  return { program, page: new URL(readySchema.parse(JSON.parse(line)).ready) };
}

export async function stopProgram(program: ChildProcess): Promise<void> {
  const exited = once(program, 'exit');
  program.kill('SIGTERM');
  await exited;
}
