// Is the shell's lock-down really held by its specs? Each fault is planted into a copy of the sources; specs must turn red.
// Takes some twenty minutes, so it is no part of npm test: `node tools/planted-faults.mjs [name …]`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CommandError, command, root, say } from './project.mjs';

const LOCK_CONTENTS = 'electron/shell/lock-contents.ts';
const WINDOW = 'electron/shell/window.ts';
const PAGE_CHANNEL = 'electron/shell/page-channel.ts';

/** `edits`: file, what stands there once, what is planted in its place. `spec`: where it must show. */
const FAULTS = [
  {
    name: 'navigation guard off',
    edits: [[LOCK_CONTENTS, 'if (isPageAddress(event.url)) return;', 'return;']],
    spec: 'lock-down',
  },
  { name: 'pop-up guard off', edits: [[LOCK_CONTENTS, "action: 'deny'", "action: 'allow'"]], spec: 'lock-down' },
  {
    name: 'openExternal open',
    edits: [
      [LOCK_CONTENTS, 'import type { Event, WebContents }', 'import { type Event, shell, type WebContents }'],
      [LOCK_CONTENTS, "log.warn({ code: 'navigation-refused' }, 'page');", 'void shell.openExternal(event.url);'],
    ],
    spec: 'lock-down',
  },
  {
    name: 'permissions open',
    edits: [
      [
        'electron/shell/permissions.ts',
        'const { permission, origin, isMainFrame, mediaTypes } = question;',
        'const { permission, origin, isMainFrame, mediaTypes } = question;\n  if (permission) return { allowed: true };',
      ],
    ],
    spec: 'lock-down',
  },
  {
    name: 'CSP missing',
    edits: [
      [
        'electron/backend/page-files/read-page-file.ts',
        "'content-security-policy': contentSecurityPolicy(nonce, channel),",
        '',
      ],
    ],
    spec: 'lock-down',
  },
  {
    name: 'sandbox off',
    edits: [
      ['electron/main.ts', 'app.enableSandbox();', ''],
      [WINDOW, 'sandbox: true', 'sandbox: false'],
    ],
    spec: 'lock-down',
  },
  {
    name: 'context isolation off',
    edits: [[WINDOW, 'contextIsolation: true', 'contextIsolation: false']],
    spec: 'lock-down',
  },
  { name: 'Node in the page', edits: [[WINDOW, 'nodeIntegration: false', 'nodeIntegration: true']], spec: 'lock-down' },
  {
    name: 'preload missing',
    edits: [['electron/shell/start.ts', 'preload.cjs', 'nowhere.cjs']],
    spec: 'application',
  },
  {
    name: 'preload leaves something in the page',
    edits: [
      [WINDOW, 'contextIsolation: true', 'contextIsolation: false'],
      [
        'electron/preload.ts',
        'ipcRenderer.on(ARE_YOU_THERE',
        'Object.assign(globalThis, { ipcRenderer });\nipcRenderer.on(ARE_YOU_THERE',
      ],
    ],
    spec: 'lock-down',
  },
  {
    name: 'sender check inverted',
    edits: [[PAGE_CHANNEL, 'if (!isFromWindow(event) ||', 'if (isFromWindow(event) ||']],
    spec: 'lock-down',
  },
  {
    name: 'sender check off',
    edits: [[PAGE_CHANNEL, 'if (!isFromWindow(event) ||', 'if (false && !isFromWindow(event) ||']],
    spec: 'lock-down',
  },
  { name: 'DevTools on', edits: [[WINDOW, 'devTools: !input.isRelease', 'devTools: true']], spec: 'release' },
  {
    name: 'any option in a release',
    edits: [['electron/shell/command-line.ts', 'if (isRelease) {', 'if (false) {']],
    spec: 'release',
  },
  {
    name: 'keys let through',
    edits: [[LOCK_CONTENTS, 'isBlockedKey(input)) event.preventDefault();', 'isBlockedKey(input)) return;']],
    spec: 'keys',
  },
  {
    name: 'window can be closed',
    edits: [['electron/shell/start.ts', 'if (!ending) event.preventDefault();', '']],
    spec: 'start',
  },
  {
    name: 'a second start goes on',
    edits: [['electron/main.ts', 'if (app.requestSingleInstanceLock()) {', 'if (true) {']],
    spec: 'start',
  },
  {
    name: "everybody's key ring taken",
    // Electron refuses such a ring by itself, and so do we: either alone still holds.
    edits: [
      ['electron/shell/sealed-key.ts', "['basic_text', 'unknown']", '[]'],
      ['electron/shell/sealed-key.ts', 'if (!(await keyring.isAsyncEncryptionAvailable())) return false;', ''],
    ],
    spec: 'start',
  },
  {
    name: 'hang not noticed',
    edits: [['electron/shell/page-life.ts', "contents.on('did-navigate', () => pulse.begin());", '']],
    spec: 'page-end',
  },
  {
    name: 'crash not noticed',
    edits: [['electron/shell/page-life.ts', "failed('crashed');", 'return;']],
    spec: 'page-end',
  },
];

await command(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown !== undefined) throw new CommandError(`no fault is called ${JSON.stringify(unknown)}`, 2);
  const faults = FAULTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'madoguchi-planted-'));
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  copySources(folder);

  const specs = [...new Set(faults.map(({ spec }) => spec))];
  const before = runSpecs(folder, 'no fault', specs);
  if (before.red.length > 0)
    throw new CommandError(`red without any fault: ${before.red.join('; ')}\n${before.output}`);
  const found = faults.map((fault) => ({ name: fault.name, ...withFault(folder, fault) }));

  for (const { name, red } of found) {
    process.stdout.write(`${name.padEnd(40)} ${red.length === 0 ? 'NOT NOTICED' : red.join('; ')}\n`);
  }
  const missed = found.filter(({ red }) => red.length === 0);
  if (missed.length > 0) throw new CommandError(`${missed.length} of ${found.length} faults were not noticed`);
  process.stdout.write(`\n${found.length} faults planted, each turned a spec red\n`);
});

/** Everything that is or may be committed, and what is installed. */
function copySources(folder) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = spawnSync('git', list, { cwd: root, encoding: 'utf8' }).stdout.split('\0');
  for (const file of files) {
    if (file !== '' && fs.existsSync(path.join(root, file))) fs.cpSync(path.join(root, file), path.join(folder, file));
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}

function withFault(folder, { name, edits, spec }) {
  const originals = new Map();
  for (const [file, from, to] of edits) {
    const target = path.join(folder, file);
    const source = fs.readFileSync(target, 'utf8');
    if (source.split(from).length !== 2)
      throw new CommandError(`${name}: ${file} has not once ${JSON.stringify(from)}`);
    if (!originals.has(target)) originals.set(target, source);
    fs.writeFileSync(
      target,
      source.replace(from, () => to),
    );
  }
  try {
    return runSpecs(folder, name, [spec]);
  } finally {
    for (const [target, source] of originals) fs.writeFileSync(target, source);
  }
}

/** The titles that failed, twice: a slow machine alone shall not count. A build that failed is no red spec: then there is no report, and this throws. */
function runSpecs(folder, name, specs) {
  say(`${name} …`);
  const report = path.join(folder, 'report.json');
  fs.rmSync(report, { force: true });
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  const files = specs.map((spec) => `tests/electron/${spec}.spec.ts`);
  const { stdout } = spawnSync(
    process.execPath,
    [cli, 'test', ...files, '--project=electron', '--retries=1', '--trace=off', '--max-failures=1'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, CI: '', PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  const results = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;
  if (results === undefined || results.stats.expected + results.stats.unexpected === 0) {
    throw new CommandError(`${name}: no spec ran\n${stdout}`);
  }
  return { red: failedTitles(results.suites), output: stdout };
}

function failedTitles(suites) {
  return suites.flatMap((suite) => [
    ...failedTitles(suite.suites ?? []),
    ...suite.specs.filter(hasFailed).map(({ title }) => title),
  ]);
}

/** Interrupted because another one failed is not failed. */
function hasFailed({ ok, tests }) {
  const failed = ({ status }) => status === 'failed' || status === 'timedOut';
  return !ok && tests.some(({ results }) => results.some(failed));
}
