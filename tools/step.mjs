import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandError, logDirectory, root, say } from './project.mjs';

const HAS_GROUPS = process.platform !== 'win32';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const HEARTBEAT_MS = 15_000;
const MINUTE_MS = 60_000;
/** For whoever was told to end. */
const GRACE_MS = 5_000;
const HEAD_LINES = 15;
const TAIL_LINES = 60;

/**
 * Runs a child with its output in `.data/logs/<name>.log`, silent but for a step line, a heartbeat while it takes
 * long, and, when it fails, the log's beginning and end. The child dies with this process, and so does what it started:
 * an npm that is only told itself leaves its compilers running. With `limitMinutes` it fails when they are over.
 */
export async function step(name, file, args, { env = {}, title = name, limitMinutes } = {}) {
  fs.mkdirSync(logDirectory, { recursive: true });
  const logFile = path.join(logDirectory, `${name}.log`);
  const log = fs.openSync(logFile, 'w');
  const startedAt = Date.now();
  say(`${title} …`);
  // Without a listener a signal ends this process before it can end anything else.
  const unheard = SIGNALS.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of unheard) process.once(signal, endedBySignal);
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
    detached: HAS_GROUPS,
  });
  fs.closeSync(log);
  const endWithMe = () => end(child, 'SIGTERM');
  process.once('exit', endWithMe);
  const heartbeat = setInterval(() => say(`${title}: still at it`), HEARTBEAT_MS);
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? undefined : `exit ${code ?? signal}`));
  });
  const outcome = limitMinutes === undefined ? await exited : await within(limitMinutes, child, exited);
  clearInterval(heartbeat);
  process.off('exit', endWithMe);
  for (const signal of unheard) process.off(signal, endedBySignal);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  if (outcome === undefined) {
    say(`${title}: done in ${seconds} s`);
    return;
  }
  process.stderr.write(`${shorten(stripVTControlCharacters(fs.readFileSync(logFile, 'utf8')))}\n`);
  throw new CommandError(
    `${title} failed (${outcome}) after ${seconds} s; all of its output: ${path.relative(root, logFile)}`,
  );
}

function endedBySignal(_name, number) {
  process.exit(128 + number);
}

async function within(minutes, child, exited) {
  let isOver = false;
  let kill;
  const limit = setTimeout(() => {
    isOver = true;
    end(child, 'SIGTERM');
    kill = setTimeout(() => end(child, 'SIGKILL'), GRACE_MS);
  }, minutes * MINUTE_MS);
  const outcome = await exited;
  clearTimeout(limit);
  clearTimeout(kill);
  if (!isOver) return outcome;
  // What it started may be the one that is stuck.
  end(child, 'SIGKILL');
  return `not done in ${minutes} minutes`;
}

/** With all that it started. */
function end(child, signal) {
  if (!HAS_GROUPS || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

function shorten(output) {
  const lines = output.trimEnd().split('\n');
  if (lines.length <= HEAD_LINES + TAIL_LINES) return lines.join('\n');
  return [...lines.slice(0, HEAD_LINES), '…', ...lines.slice(-TAIL_LINES)].join('\n');
}
