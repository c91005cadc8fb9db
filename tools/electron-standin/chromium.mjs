import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { noAddressBar } from '../chromium-switches.mjs';
import { findChromium } from '../find-chromium.mjs';

/** Given to Chromium by us, or Node's own. */
const NOT_FOR_CHROMIUM = new Set(['user-data-dir', 'inspect', 'r', 'require', 'password-store']);

const CLOSE_MS = 5_000;

/** One headless Chromium behind the DevTools protocol on a pipe; with it, it dies. */
export class Chromium {
  #child;
  #lastId = 0;
  #waiting = new Map();
  #events = new EventEmitter();
  #profile = fs.mkdtempSync(path.join(os.tmpdir(), 'electron-standin-profile-'));

  /** @param switches of the command line, name to value ('' for none) */
  constructor(switches, { width, height }) {
    const executable = findChromium();
    if (executable === undefined) throw new Error('electron stand-in: there is no Chromium on this machine');
    this.#keepTranslationAway();
    const passed = [...switches].filter(([name]) => !NOT_FOR_CHROMIUM.has(name));
    this.#child = spawn(
      executable,
      [
        ...passed.map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
        noAddressBar,
        ...['--headless=new', '--no-startup-window', '--remote-debugging-pipe', '--password-store=basic'],
        ...[`--user-data-dir=${this.#profile}`, '--no-first-run', `--screen-info={${width}x${height}}`],
        // As root Chromium has no sandbox: machines that build and test only.
        ...(process.getuid?.() === 0 && !switches.has('no-sandbox') ? ['--no-sandbox'] : []),
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
    );
    this.#child.once('exit', () => this.#events.emit('exit'));
    // Whoever started us with --remote-debugging-port waits for this line; the rest is noise of a headless machine.
    readline.createInterface({ input: this.#child.stderr }).on('line', (line) => {
      if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`);
    });
    this.#child.stdio[3].on('error', () => undefined);
    this.#read(this.#child.stdio[4]);
    process.once('exit', () => this.#remove());
  }

  onExit(listener) {
    this.#events.on('exit', listener);
  }

  /** Events without a session go to the session undefined. */
  onEvent(sessionId, listener) {
    this.#events.on(`session ${sessionId}`, listener);
  }

  send(method, params = {}, sessionId = undefined) {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject: (message) => reject(new Error(`${method}: ${message}`)) });
      this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #read(pipe) {
    let rest = [];
    pipe.on('data', (chunk) => {
      let from = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, from)) {
        const message = Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
        rest = [];
        from = end + 1;
        this.#receive(JSON.parse(message));
      }
      rest.push(chunk.subarray(from));
    });
  }

  #receive({ id, method, params, sessionId, result, error }) {
    if (id === undefined) {
      this.#events.emit(`session ${sessionId}`, method, params);
      return;
    }
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) call.reject(error.message);
    else call.resolve(result);
  }

  #keepTranslationAway() {
    fs.mkdirSync(path.join(this.#profile, 'Default'));
    const preferences = JSON.stringify({ translate: { enabled: false } });
    fs.writeFileSync(path.join(this.#profile, 'Default/Preferences'), preferences);
  }

  /** In order, so that nothing writes to the profile any more when it is removed. */
  async close() {
    const gone = once(this.#child, 'exit');
    this.#events.removeAllListeners('exit');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_MS);
    this.send('Browser.close').catch(() => undefined);
    await gone;
    clearTimeout(force);
    // Its children may still be writing.
    await fs.promises.rm(this.#profile, { recursive: true, force: true, maxRetries: 20 });
  }

  #remove() {
    this.#child.kill('SIGKILL');
    fs.rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
