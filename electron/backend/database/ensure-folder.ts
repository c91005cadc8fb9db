import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the folder and those above it, for its owner only. Node's own recursive way never ends where a system says ENOENT for good. */
export function ensureFolder(path: string): void {
  if (made(path)) return;
  const parent = dirname(path);
  if (parent !== path) ensureFolder(parent);
  mkdirSync(path, { mode: 0o700 });
}

/** false: the folder above is missing. */
function made(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EEXIST') return true;
    if (code === 'ENOENT') return false;
    throw error;
  }
}
