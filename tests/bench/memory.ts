import type { CDPSession } from '@playwright/test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

/** Bytes in use. */
export interface Memory {
  readonly backend: number;
  /** Everything but the code that V8 made of what is run often. */
  readonly page: number;
  readonly code: number;
}

/** Of the page and of this process, which its backend runs in, once their garbage is collected. */
export async function settled(debug: CDPSession): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  await debug.send('HeapProfiler.collectGarbage');
  const { usedSize } = await debug.send('Runtime.getHeapUsage');
  const code = await compiledCode(debug);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { backend: heapUsed + external, page: usedSize - code, code };
}

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
  }),
  nodes: z.array(z.number()),
});

/** By a heap snapshot's own kinds. */
async function compiledCode(debug: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  debug.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  debug.off('HeapProfiler.addHeapSnapshotChunk', hear);
  const { snapshot, nodes } = snapshotSchema.parse(JSON.parse(chunks.join('')));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const kind = fields.indexOf('type');
  const size = fields.indexOf('self_size');
  const code = types[0].indexOf('code');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + kind] === code) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}
