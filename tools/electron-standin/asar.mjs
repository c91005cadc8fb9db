import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extractAll } from '@electron/asar';

/** Plain Node can't read an archive, so it is taken apart for this run: the path ends in app.asar, as in Electron. */
export function unpackForNode(archive) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-standin-app-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const target = path.join(folder, 'app.asar');
  extractAll(archive, target);
  return target;
}
