import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Chromium } from './chromium.mjs';
import { deferred } from './deferred.mjs';
import { state, SCREEN } from './state.mjs';
import { strictClass, strictObject } from './strict.mjs';

const switches = new Map();
for (const argument of process.argv.slice(1)) {
  const match = /^--([^=]+)=?(.*)$/s.exec(argument);
  if (match) switches.set(match[1], match[2]);
}

const commandLine = strictObject('app.commandLine', {
  appendSwitch: (name, value = '') => void switches.set(name, String(value)),
  removeSwitch: (name) => void switches.delete(name),
  hasSwitch: (name) => switches.has(name),
  getSwitchValue: (name) => switches.get(name) ?? '',
  appendArgument: () => undefined,
});

class App extends EventEmitter {
  commandLine = commandLine;
  name = 'Electron';
  isPackaged = path.basename(process.execPath) !== 'electron';
  #version = '0';
  #folder = process.cwd();
  #paths = new Map();
  #ready = deferred();
  #quitting = false;
  /** Settled once the instance that was here before us knows of this start. */
  #toldFirst = Promise.resolve();

  describe({ name, version, folder }) {
    this.name = name;
    this.#version = version;
    this.#folder = folder;
  }

  getName = () => this.name;
  setName(name) {
    this.name = name;
  }
  getVersion = () => this.#version;
  getAppPath = () => this.#folder;
  getLocale = () => 'ja';
  isReady = () => state.ready;
  whenReady = () => this.#ready.promise;
  enableSandbox() {
    state.sandboxForced = true;
  }
  // Nothing in the stand-in has a GPU or a task bar.
  disableHardwareAcceleration() {}
  setAppUserModelId() {}

  getPath(name) {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const appData = process.env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config');
    const known = {
      home: os.homedir(),
      appData,
      temp: os.tmpdir(),
      exe: process.execPath,
      userData: switches.get('user-data-dir') || path.join(appData, this.name),
    };
    if (name === 'sessionData') return this.getPath('userData');
    if (name === 'logs') return path.join(this.getPath('userData'), 'logs');
    if (name === 'crashDumps') return path.join(this.getPath('userData'), 'Crashpad');
    if (known[name] === undefined) throw new Error(`electron stand-in: app.getPath('${name}') is not provided`);
    return known[name];
  }

  setPath(name, folder) {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.#paths.set(name, folder);
  }

  setAppLogsPath(folder) {
    this.setPath('logs', folder);
  }

  requestSingleInstanceLock() {
    const folder = this.getPath('userData');
    if (holdInstance(folder, (argv, cwd) => this.emit('second-instance', {}, argv, cwd))) return true;
    this.#toldFirst = tellFirst(folder);
    return false;
  }

  relaunch() {
    this.once('quit', () => process.stderr.write('electron stand-in: relaunch was asked for\n'));
  }

  quit() {
    if (this.#quitting) return;
    let prevented = false;
    const event = {
      preventDefault: () => {
        prevented = true;
      },
    };
    this.emit('before-quit', event);
    if (prevented) return;
    for (const window of state.windows) window.close();
    if (state.windows.size > 0) return;
    this.emit('will-quit', event);
    if (!prevented) this.exit(0);
  }

  exit(code = 0) {
    if (this.#quitting) return;
    this.#quitting = true;
    for (const window of state.windows) window.destroy();
    this.emit('quit', {}, code);
    void Promise.all([this.#toldFirst, state.chromium?.close()]).then(() => process.exit(code));
  }

  isQuitting = () => this.#quitting;

  becomeReady() {
    state.ready = true;
    // A test runner may hold the event back and let it go when it is connected; it waits for the promise.
    this.emit('ready', {}, {});
    this.#ready.resolve();
  }

  windowClosed() {
    if (state.windows.size > 0 || this.#quitting) return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}
strictClass('app', App);

export const app = new App();

/** After the app's main has run, as Electron does it: an `await app.whenReady()` at its top level never ends. */
export function openChromium() {
  state.chromium = new Chromium(switches, SCREEN);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.quit());
}

const lockOf = (folder) => path.join(folder, 'SingletonLock');
const socketOf = (folder) => path.join(folder, 'SingletonSocket');

/** A link that names its owner, and a socket on which a later start says how it was started. */
function holdInstance(folder, onSecond) {
  fs.mkdirSync(folder, { recursive: true });
  const lock = lockOf(folder);
  const socket = socketOf(folder);
  if (fs.lstatSync(lock, { throwIfNoEntry: false }) && isAlive(Number(fs.readlinkSync(lock)))) return false;
  for (const left of [lock, socket]) fs.rmSync(left, { force: true });
  fs.symlinkSync(String(process.pid), lock);
  const server = net.createServer((connection) => {
    let text = '';
    connection.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    connection.on('end', () => {
      const { argv, cwd } = JSON.parse(text);
      onSecond(argv, cwd);
    });
  });
  server.listen(socket).unref();
  process.once('exit', () => {
    for (const mine of [lock, socket]) fs.rmSync(mine, { force: true });
  });
  return true;
}

function tellFirst(folder) {
  return new Promise((resolve) => {
    const connection = net.connect(socketOf(folder));
    connection.once('error', resolve).once('close', resolve);
    connection.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
