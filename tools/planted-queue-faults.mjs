// Would the tests notice if the queue's promises were taken away? Each is, in a copy of the sources; a test must turn red.
// Takes some minutes, so it is no part of npm test: `node tools/planted-queue-faults.mjs [name …]`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { plant } from './planting.mjs';
import { CommandError, command, root } from './project.mjs';

const OPEN = 'electron/backend/database/open-database.ts';
const OUTBOX = 'electron/backend/outbox/outbox.ts';
const ROWS = 'electron/backend/outbox/outbox-rows.ts';
const SYNC = 'electron/backend/outbox/sync-worker.ts';
const DELIVER = 'electron/backend/outbox/deliver.ts';
const SALVAGE = 'electron/backend/database/salvage/salvage-database.ts';

const FAULTS = [
  {
    name: 'without FULL',
    edits: [[OPEN, "db.pragma('synchronous = FULL');", '']],
    spec: 'electron/backend/database/open-database.test.ts',
  },
  {
    name: 'without FULL, and nobody looks',
    edits: [
      [OPEN, "db.pragma('synchronous = FULL');", "db.pragma('synchronous = NORMAL');"],
      [OPEN, "db.pragma('synchronous', { simple: true }) === SYNCHRONOUS_FULL &&", ''],
    ],
    spec: 'tests/faults/disk',
  },
  {
    name: 'unique key of the terminal gone',
    edits: [['electron/backend/database/migrations.ts', 'id text not null unique,', 'id text not null,']],
    spec: 'electron/backend/outbox/outbox.test.ts',
  },
  {
    name: 'unique key of central gone',
    edits: [
      [
        'central/store/migrations/001-foundation.ts',
        ".addColumn('external_id', 'text', (column) => column.unique())",
        ".addColumn('external_id', 'text')",
      ],
    ],
    spec: 'central/product-ordering/two-processes.test.ts',
  },
  {
    name: 'acknowledged before the commit',
    edits: [
      [
        OUTBOX,
        'entry = insert.immediate(input, customerKey);',
        "db.exec('begin immediate'); entry = insert(input, customerKey); setTimeout(() => db.exec('commit'), 5);",
      ],
    ],
    spec: 'tests/faults/kill',
  },
  {
    name: 'no jitter between tries',
    edits: [['electron/backend/central/backoff.ts', 'return random() * Math.min', 'return Math.min']],
    spec: 'electron/backend/central/backoff.test.ts',
  },
  {
    name: 'no jitter after an outage',
    edits: [[SYNC, 'monotonic() + random() * spreadMs', 'monotonic() + spreadMs']],
    spec: 'tests/bench/herd.test.ts',
  },
  {
    name: 'erased before central accepted it',
    edits: [
      [
        ROWS,
        "where state = 'accepted' and terminal_wrapped_key is not null`,",
        "where state in ('accepted', 'held') and terminal_wrapped_key is not null`,",
      ],
    ],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'sent again without asking',
    edits: [[DELIVER, 'if (outcomeUnknown) {', 'if (outcomeUnknown && false) {']],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'given up after some tries',
    edits: [
      [
        SYNC,
        'const failures = (delays.get(id)?.failures ?? 0) + 1;',
        "const failures = (delays.get(id)?.failures ?? 0) + 1;\n    if (failures > 5) {\n      settled.push({ id, state: 'rejected', reason: 'other', progress: null, orderId: null });\n      return plan();\n    }",
      ],
    ],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'a bad one blocks the others',
    edits: [[OUTBOX, '|| skip(row.id)) continue;', '|| skip(row.id)) break;']],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'all customers in one row',
    edits: [[OUTBOX, "const customer = row.customerKey.toString('base64');", "const customer = '';"]],
    spec: 'tests/faults/simulation',
  },
  {
    name: "a customer's order not kept",
    edits: [[OUTBOX, 'if (customers.has(customer)) continue;', '']],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'order sent before its pictures',
    edits: [[DELIVER, 'await sender.send(id, capturesOf(payload.body), payload.grant);', "{ kind: 'whole' };"]],
    spec: 'tests/faults/simulation',
  },
  {
    name: 'what a damaged database lost is not told',
    edits: [[SALVAGE, 'if (receipt !== null) given.set(receipt.seq, receipt);', '']],
    spec: 'tests/faults/damage',
  },
  {
    name: 'the damaged database not kept aside',
    edits: [[SALVAGE, 'keepAside(dataDir, aside);', '']],
    spec: 'tests/faults/damage',
  },
  {
    name: 'two starts at once over a damaged database',
    edits: [[OPEN, "lock.exec('begin exclusive');", '']],
    spec: 'tests/faults/damage',
  },
  {
    name: 'not told that the log is cut',
    edits: [['electron/backend/database/salvage/read-log.ts', 'if (isLost) isCut = true;', 'if (isLost) commit();']],
    spec: 'tests/faults/disk',
  },
  {
    name: 'a rotten log read by SQLite',
    edits: [[SALVAGE, 'if (cut.value) return salvage(input);', '']],
    spec: 'tests/faults/damage',
  },
  {
    name: 'no connection left for customers',
    edits: [['electron/backend/central/transport.ts', 'const CONNECTIONS = 24;', 'const CONNECTIONS = 16;']],
    spec: 'electron/backend/outbox/sync.test.ts',
  },
  {
    name: 'a slow answer puts the clock back',
    edits: [
      ['electron/backend/central/corrected-clock.ts', 'ahead <= travelled + TOLERANCE_MS', 'ahead <= TOLERANCE_MS'],
    ],
    spec: 'electron/backend/central/corrected-clock.test.ts',
  },
  {
    name: 'clock of the machine believed',
    edits: [['electron/backend/central/corrected-clock.ts', 'const ahead = now() - central;', 'const ahead = 0;']],
    spec: 'tests/faults/simulation',
  },
];

await command(() => plant({ faults: FAULTS, wanted: process.argv.slice(2), run: runTests }));

function runTests(folder, specs) {
  const report = path.join(folder, 'report.json');
  fs.rmSync(report, { force: true });
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [vitest, 'run', ...specs, '--project=tokyo', '--reporter=json', `--outputFile.json=${report}`, '--bail=1'],
    { cwd: folder, encoding: 'utf8' },
  );
  const results = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;
  if (results === undefined || results.numTotalTests === 0) throw new CommandError(`no test ran\n${stdout}${stderr}`);
  const failed = results.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title),
  );
  return { red: failed, output: stdout };
}
