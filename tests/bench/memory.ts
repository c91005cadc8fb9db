import type { CDPSession } from '@playwright/test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

/** Bytes in use. */
export interface Memory {
  readonly backend: number;
  /** Objects, strings and the document: everything that a customer could leave behind. */
  readonly page: number;
  /** What V8 made of what is run often. */
  readonly code: number;
}

/** Of the page and of this process, which its backend runs in, once their garbage is collected. */
export async function settled(debug: CDPSession): Promise<Memory> {
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  await debug.send('HeapProfiler.collectGarbage');
  const ofPage = await inSnapshot(debug);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return { backend: heapUsed + external, ...ofPage };
}

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())]).rest(z.unknown()),
    }),
  }),
  nodes: z.array(z.number()),
  strings: z.array(z.string()),
});

/** By a heap snapshot's own kinds. */
async function inSnapshot(debug: CDPSession): Promise<Pick<Memory, 'page' | 'code'>> {
  const chunks: string[] = [];
  const hear = ({ chunk }: { chunk: string }): void => void chunks.push(chunk);
  debug.on('HeapProfiler.addHeapSnapshotChunk', hear);
  await debug.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  debug.off('HeapProfiler.addHeapSnapshotChunk', hear);
  const { snapshot, nodes, strings } = snapshotSchema.parse(JSON.parse(chunks.join('')));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [kind, name, size] = [fields.indexOf('type'), fields.indexOf('name'), fields.indexOf('self_size')];
  const bytes = { page: 0, code: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const called = strings[nodes[at + name] ?? -1] ?? '';
    if (called === OF_WHO_WATCHES) continue;
    const isCode = types[0][nodes[at + kind] ?? -1] === 'code' || OF_CODE.test(called);
    bytes[isCode ? 'code' : 'page'] += nodes[at + size] ?? 0;
  }
  return bytes;
}

/** Chromium keeps one for each request, for the tool that is attached: no terminal in a shop has any. */
const OF_WHO_WATCHES = 'blink::NetworkResourcesData::ResourceData';
/** V8's own beside the code, which its snapshot doesn't count to it: lists of what an optimised function rests on. */
const OF_CODE = /^system \/ (?!ExternalStringData)/;
