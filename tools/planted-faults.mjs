// Is the shell's lock-down really held by its specs? Each fault is planted into a copy of the sources; specs must turn red.
// Takes some twenty minutes, so it is no part of npm test: `node tools/planted-faults.mjs [name …]`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { plant } from './planting.mjs';
import { CommandError, command, root } from './project.mjs';

const LOCK_CONTENTS = 'electron/shell/lock-contents.ts';
const WINDOW = 'electron/shell/window.ts';
const PAGE_CHANNEL = 'electron/shell/page-channel.ts';

export const FAULTS = [
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
  {
    name: 'any page of the window is heard',
    edits: [[PAGE_CHANNEL, " || !isPageAddress(event.senderFrame?.url ?? '')", '']],
    spec: 'page-end',
  },
  {
    name: 'downloads let through',
    edits: [['electron/shell/page-session.ts', "page.on('will-download'", "page.off('will-download'"]],
    spec: 'lock-down',
  },
  {
    name: 'redirects let through',
    edits: [[LOCK_CONTENTS, "contents.on('will-redirect', stay);", '']],
    spec: 'lock-down',
  },
  {
    name: 'print let through',
    edits: [['renderer/app/kiosk-guard.ts', 'print: nothing, ', '']],
    spec: 'keys',
  },
  {
    name: 'screen may go dark',
    edits: [['electron/shell/start.ts', "powerSaveBlocker.start('prevent-display-sleep');", '']],
    spec: 'start',
  },
  {
    name: 'damaged settings not said',
    edits: [['electron/shell/start.ts', 'page.show(serviceAddress(opened.error));', '']],
    spec: 'start',
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

if (process.argv[1] === import.meta.filename) {
  await command(() => plant({ faults: FAULTS, wanted: process.argv.slice(2), run: runSpecs }));
}

/** The titles that failed, twice: a slow machine alone shall not count. A build that failed is no red spec: then there is no report, and this throws. */
function runSpecs(folder, specs) {
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
    throw new CommandError(`no spec ran\n${stdout}`);
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
