import { spawn } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';

const STOP_MS = 10_000;
const LAST_OUTPUT_MS = 300;

const NODE = [process.execPath, '--enable-source-maps'];

/**
 * Starts a long-running program in a process group of its own, so that Ctrl+C reaches only its parent, who ends its
 * children in order. `ready` gives the address of its ready line, or rejects when it ends first.
 * `runner` is what runs it: a program and its own options.
 */
export function startProgram({ name, runner = NODE, file, args, env = {}, log }) {
  const child = spawn(runner[0], [...runner.slice(1), file, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let lastLine = '';
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, lastLine: error.message }));
    // 'close' comes after the last line of output, but not while a grandchild holds the pipes open.
    child.once('close', (code, signal) => resolve({ code, signal, lastLine }));
    child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal, lastLine }), LAST_OUTPUT_MS));
  });
  readline.createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.trim() !== '') lastLine = line;
    log(line);
  });
  const output = readline.createInterface({ input: child.stdout });
  const ready = new Promise((resolve, reject) => {
    output.on('line', (line) => {
      const address = readyAddress(line);
      if (address === undefined) log(line);
      else resolve(address);
    });
    ended.then((end) => reject(new ProgramEnded(name, end)));
  });
  ready.catch(() => undefined);

  const signal = (kind, target) => {
    try {
      process.kill(target, kind);
    } catch {
      // Already gone.
    }
  };
  /** SIGTERM, then SIGKILL to its whole group when it doesn't end; resolves once it is gone. */
  const stop = async () => {
    if (child.pid === undefined) return ended;
    if (child.exitCode === null && child.signalCode === null) signal('SIGTERM', child.pid);
    const force = setTimeout(() => signal('SIGKILL', -child.pid), STOP_MS);
    const end = await ended;
    clearTimeout(force);
    return end;
  };
  /** SIGKILL, as a power cut would; resolves once it is gone. */
  const kill = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      signal('SIGKILL', -child.pid);
      await exited;
    }
    return ended;
  };
  return { name, pid: child.pid, ready, ended, stop, kill };
}

export class ProgramEnded extends Error {
  constructor(name, end) {
    const how = end.signal ? `by ${end.signal}` : `with exit ${end.code}`;
    super(`${name} ended ${how}${end.lastLine ? `: ${end.lastLine}` : ''}`);
    this.end = end;
  }
}

function readyAddress(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const message = JSON.parse(line);
    return typeof message.ready === 'string' ? message.ready : undefined;
  } catch {
    return undefined;
  }
}
