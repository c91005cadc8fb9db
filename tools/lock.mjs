import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_MS = 20_000;
const POLL_MS = 150;

/**
 * A lock between processes: a folder holding one file named after its owner. It appears by a rename with the owner
 * already inside, and an abandoned one changes hands by renaming that file, so that only one of several waiters wins.
 * The owner touches its file; a process id alone would say nothing after a reboot or in another container.
 */
export function tryLock(folder) {
  const mine = `owner-${process.pid}`;
  const prepared = `${folder}.${process.pid}`;
  fs.mkdirSync(prepared, { recursive: true });
  fs.writeFileSync(path.join(prepared, mine), '');
  if (!rename(prepared, folder)) {
    fs.rmSync(prepared, { recursive: true });
    const owner = ownerOf(folder);
    if (owner === undefined || isAlive(owner)) return undefined;
    if (!rename(owner.file, path.join(folder, mine))) return undefined;
  }
  return holdLock(folder, path.join(folder, mine));
}

/** Waits until the lock is ours. */
export async function waitForLock(folder, onWait) {
  for (let waited = false; ; waited = true) {
    const release = tryLock(folder);
    if (release) return release;
    if (!waited) onWait();
    await delay(POLL_MS);
  }
}

function holdLock(folder, file) {
  touch(file);
  const beat = setInterval(() => touch(file), BEAT_MS);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.off('exit', release);
    const removed = `${folder}.${process.pid}`;
    if (rename(folder, removed)) fs.rmSync(removed, { recursive: true });
  };
  process.once('exit', release);
  return release;
}

function ownerOf(folder) {
  try {
    const name = fs.readdirSync(folder).find((entry) => entry.startsWith('owner-'));
    if (name === undefined) return undefined;
    const file = path.join(folder, name);
    return { file, pid: Number(name.slice('owner-'.length)), beatAt: fs.statSync(file).mtimeMs };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, beatAt }) {
  if (Date.now() - beatAt > STALE_MS) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function rename(from, to) {
  try {
    fs.renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

function touch(file) {
  try {
    const now = new Date();
    fs.utimesSync(file, now, now);
  } catch {
    // Taken over after we were suspended for long: the new owner's file is not ours to touch.
  }
}
