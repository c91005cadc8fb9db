import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openDatabase } from '../../../electron/backend/database/open-database.ts';
import { ownHalf } from '../../../electron/backend/outbox/own-half.ts';
import { loadTerminalKey } from '../../../electron/backend/outbox/terminal-key.ts';
import { keyInFile } from '../../../electron/backend/outbox/terminal-key-file.ts';
import { noProbe } from '../../../electron/backend/step-probe.ts';
import { Findings } from '../properties.ts';
import { simulateFailingDisk } from '../simulation/failing-disk.ts';

/** Lets every write and every sync of a terminal's disk fail once, one after the other. Runs over the shim. */
const { folder, applications, lastingEvery } = z
  .object({ folder: z.string(), applications: z.int(), lastingEvery: z.int() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const ERRORS = ['ENOSPC', 'EIO'] as const;
type DiskError = (typeof ERRORS)[number];
/** How many in a row: a cable that was loose for a moment, and a disk that stays full until somebody makes room. */
const TIMES = [
  { times: 1, every: 1 },
  { times: 1_000, every: lastingEvery },
];

const all = new Findings();
let now = '';
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    all.check(
      'eventually_drains',
      false,
      `the program ended ${now}: ${error instanceof Error ? (error.stack ?? '') : ''}`,
    );
  });
}

const order = (text: string): void => writeFileSync(join(folder, 'disk-control'), text);
const fail = (error: DiskError, nth: number, times: number): void =>
  order(`fail ${constants.errno[error]} ${nth} ${times}`);
const mend = (): void => order('fail 0 0 0');
function operationsSince(): number {
  order('count');
  return Number(readFileSync(join(folder, 'disk-count'), 'utf8'));
}

for (const faults of TIMES) await failEverywhere(faults).catch(fatal);
const { violations, tried, checked } = all;
process.stdout.write(JSON.stringify({ violations, tried: [...tried], checked: [...checked] }));

function fatal(error: unknown): never {
  process.stderr.write(`${now}: ${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  process.exit(1);
}

async function failEverywhere({ times, every }: (typeof TIMES)[number]): Promise<void> {
  for (const error of ERRORS) {
    for (let nth = 1; ; nth += every) {
      now = `with ${error} at operation ${nth} (${times})`;
      let operations = 0;
      const findings = await simulateFailingDisk({
        seed: nth,
        folder,
        applications,
        isKilled: nth % 3 === 0,
        disk: {
          fail: () => fail(error, nth, times),
          mend: () => {
            operations = operationsSince();
            mend();
          },
        },
      });
      if (operations < nth) break;
      for (const { property, detail } of findings.violations) all.check(property, false, `${detail}, ${now}`);
      findings.violations.length = 0;
      all.add(findings);
      all.try(`${error} at each write and sync${times === 1 ? '' : ', and from then on'}`);
    }
    for (let nth = 1; ; nth += every) {
      now = `at the start with ${error} at operation ${nth} (${times})`;
      const dataDir = mkdtempSync(join(folder, 'start-'));
      fail(error, nth, times);
      startOn(dataDir);
      const isOver = operationsSince() < nth;
      mend();
      all.check('old_database_migrates_without_loss', startOn(dataDir), `it does not start again ${now}`);
      rmSync(dataDir, { recursive: true });
      if (isOver) break;
      all.try(`${error} at each write and sync of the first start`);
    }
  }
}

/** @returns whether a terminal that has nothing yet can go to work there; it never throws */
function startOn(dataDir: string): boolean {
  const database = openDatabase({ dataDir, probe: noProbe });
  if (!database.ok) return false;
  const key = loadTerminalKey({ store: keyInFile(dataDir), half: ownHalf(dataDir), mayCreate: true });
  database.value.close();
  return key.ok;
}
