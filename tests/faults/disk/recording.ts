import type { Dice } from '../dice.ts';

/** What a program did to the files of one folder, as the shim wrote it down. */
export type DiskOperation =
  | { readonly kind: 'write'; readonly name: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly name: string; readonly size: number }
  /** The name '' is the folder itself. */
  | { readonly kind: 'sync'; readonly name: string }
  | { readonly kind: 'unlink'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string };

export function parseRecording(record: Buffer): DiskOperation[] {
  const operations: DiskOperation[] = [];
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return record.subarray(at - length, at);
  };
  while (at < record.length) {
    const kind = take(1).toString();
    const nameLength = take(4).readUInt32LE();
    const offset = Number(take(8).readBigUInt64LE());
    const length = Number(take(8).readBigUInt64LE());
    const name = take(nameLength).toString();
    switch (kind) {
      case 'W':
        operations.push({ kind: 'write', name, offset, bytes: take(length) });
        break;
      case 'T':
        operations.push({ kind: 'truncate', name, size: offset });
        break;
      case 'S':
        operations.push({ kind: 'sync', name });
        break;
      case 'U':
        operations.push({ kind: 'unlink', name });
        break;
      case 'R':
        operations.push({ kind: 'rename', name, to: take(length).toString() });
        break;
      default:
        throw new Error(`a recording has no ${kind}`);
    }
  }
  return operations;
}

/** What becomes of what was written and not yet synced when the power goes. */
export const UNSYNCED = ['kept', 'dropped', 'torn'] as const;
export type Unsynced = (typeof UNSYNCED)[number];

type Change = Extract<DiskOperation, { kind: 'write' | 'truncate' }>;

interface File {
  content: Buffer;
  pending: Change[];
}

/** Disks write so much at once, whole or not at all. */
const SECTOR = 512;

/**
 * A disk that remembers what is on it for good and what only was handed to it. A sync makes a file's changes and its name
 * durable, a sync of the folder all names.
 */
export class RecordedDisk {
  private names = new Map<string, File>();
  private durableNames = new Map<string, File>();

  apply(operation: DiskOperation): void {
    switch (operation.kind) {
      case 'write':
      case 'truncate': {
        const file = this.names.get(operation.name) ?? { content: Buffer.alloc(0), pending: [] };
        this.names.set(operation.name, file);
        file.pending.push(operation);
        return;
      }
      case 'sync': {
        if (operation.name === '') {
          this.durableNames = new Map(this.names);
          return;
        }
        const file = this.names.get(operation.name);
        if (file === undefined) return;
        for (const change of file.pending) file.content = changed(file.content, change);
        file.pending = [];
        this.durableNames.set(operation.name, file);
        return;
      }
      case 'unlink':
        this.names.delete(operation.name);
        return;
      case 'rename': {
        const file = this.names.get(operation.name);
        if (file === undefined) throw new Error(`${operation.name} was never written`);
        this.names.delete(operation.name);
        this.names.set(operation.to, file);
      }
    }
  }

  /** What is there when the power comes back. */
  afterPowerLoss(unsynced: Unsynced, dice: Dice): Map<string, Buffer> {
    const names = unsynced === 'kept' || (unsynced === 'torn' && dice.chance(0.5)) ? this.names : this.durableNames;
    return new Map(
      [...names].map(([name, { content, pending }]) => [name, survived(content, pending, unsynced, dice)]),
    );
  }
}

function survived(content: Buffer, pending: readonly Change[], unsynced: Unsynced, dice: Dice): Buffer {
  switch (unsynced) {
    case 'dropped':
      return content;
    case 'kept':
      return pending.reduce(changed, content);
    case 'torn':
      return pending.filter(() => dice.chance(0.5)).reduce((now, change) => changed(now, change, dice), content);
  }
}

/** @param torn where only some sectors of a write came through */
function changed(content: Buffer, change: Change, torn?: Dice | number): Buffer {
  if (change.kind === 'truncate') {
    const cut = Buffer.alloc(change.size);
    content.copy(cut);
    return cut;
  }
  const { offset, bytes } = change;
  const grown = Buffer.alloc(Math.max(content.length, offset + bytes.length));
  content.copy(grown);
  const isTorn = typeof torn === 'object' && torn.chance(0.7);
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + SECTOR - ((offset + at) % SECTOR));
    if (!isTorn || torn.chance(0.5)) bytes.copy(grown, offset + at, at, end);
    at = end;
  }
  return grown;
}
