import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { CommandError } from '../project.mjs';

const START_MS = 60_000;
const END_MS = 20_000;

/**
 * Starts a packed terminal on an empty data folder, without central or printer, until it is ready; then ends it, in order
 * where the system knows signals: Windows ends a process at once, and Node names the signal that was asked for.
 */
export async function startOnce(program, platform = process.platform) {
  const inOrder = platform === 'win32' ? 'SIGTERM' : 0;
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-package-'));
  const options = ['--data', data, '--central', 'https://central.invalid', '--printer', 'tcp://127.0.0.1:9'];
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = [];
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? code));
  });
  const isReady = new Promise((resolve) => {
    readline
      .createInterface({ input: child.stdout })
      .on('line', (line) => line.startsWith('{"ready"') && resolve(true));
  });
  readline.createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  try {
    const first = await withIn(START_MS, Promise.race([isReady, ended]));
    if (first !== true) throw failure(first === undefined ? 'was not ready in time' : `ended with ${first}`, lines);
    child.kill('SIGTERM');
    const end = await withIn(END_MS, ended);
    if (end !== inOrder) throw failure(end === undefined ? 'did not end when told to' : `ended with ${end}`, lines);
  } finally {
    child.kill('SIGKILL');
    await ended;
    fs.rmSync(data, { recursive: true, force: true });
  }
}

const failure = (what, lines) => new CommandError(`the packed terminal ${what}:\n${lines.slice(-20).join('\n')}`);

async function withIn(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
