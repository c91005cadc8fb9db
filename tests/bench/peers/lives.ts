import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { benchApplication } from '../applications.ts';

/** Where the lives are lived: the programs, a folder on a real disk, and the server that counts what is sent. */
export interface Field {
  readonly ours: string;
  readonly peer: string;
  readonly folder: string;
  readonly central: string;
}

export interface Life {
  readonly child: ChildProcess;
  /** What it acknowledged so far. */
  ids(): readonly string[];
}

export const OURS = 'ours';

/** A process of that queue with its data in `own`. @param applications 0: only what it has from an earlier life */
export function live(
  { ours, peer, folder }: Field,
  given: { name: string; own: string; applications: number; central: string | null; onAck?: (count: number) => void },
): Life {
  const { name, own, applications, central } = given;
  const [program, input] =
    name === OURS
      ? [ours, { folder: own, central, applications }]
      : [peer, { name, folder: own, central, jobs: applications === 0 ? null : jobsIn(folder, applications) }];
  const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const ids = (): string[] => [...output.matchAll(/^acked (\S+)$/gm)].flatMap((match) => match[1] ?? []);
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    given.onAck?.(ids().length);
  });
  return { child, ids };
}

/** What a peer is given: the bodies that ours freezes. */
function jobsIn(folder: string, count: number): string {
  const file = join(folder, `jobs-${count}.json`);
  const jobs = Array.from({ length: count }, (_, serial) => {
    const { input } = benchApplication(serial);
    return { id: input.applicationId, body: input.freeze('T01-261124-0001', null, []) };
  });
  writeFileSync(file, JSON.stringify(jobs));
  return file;
}

export async function end({ child }: Life): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

const postSchema = z.object({ sent: z.int(), booked: z.int(), at: z.number() });
export type Posts = Readonly<Record<string, z.infer<typeof postSchema>>>;

/**
 * Looks at central until all of them are there, or nothing more of them has come for so long.
 * @returns what was posted
 */
export async function atCentral(central: string, ids: readonly string[], quietMs: number): Promise<Posts> {
  let left = ids.length;
  let quietSince = performance.now();
  for (;;) {
    const answer = await fetch(`${central}/bench/posts`);
    const posts = z.record(z.string(), postSchema).parse(await answer.json());
    const missing = ids.filter((id) => posts[id] === undefined).length;
    if (missing === 0 || performance.now() - quietSince > quietMs) return posts;
    if (missing < left) quietSince = performance.now();
    left = missing;
    await wait(20);
  }
}
