import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '../../../electron/backend/database/salvage/read-log.ts';
import { DATABASE_FILE, logOf } from '../../../electron/backend/database/open-database.ts';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { openOutbox } from '../../../electron/backend/testing/sync-rig.ts';
import { dice } from '../dice.ts';
import type { Findings } from '../properties.ts';
import { type DiskPrograms, runOverShim } from './disk-recorder.ts';
import { type DiskOperation, parseRecording, RecordedDisk, UNSYNCED } from './recording.ts';

const MARKS = 'marks';

/**
 * Records what a real program does to a real disk once, then plays a power cut after so many of its operations, spread over
 * all of them.
 * @param applications how many it takes at a time
 */
export async function powerLosses(input: {
  programs: DiskPrograms;
  folder: string;
  cuts: number;
  applications: number;
  findings: Findings;
}): Promise<void> {
  const { programs, cuts, findings } = input;
  const folder = mkdtempSync(join(input.folder, 'power-'));
  const dataDir = join(folder, 'recorded');
  mkdirSync(dataDir);
  const record = join(folder, 'record');
  const workload = { dataDir, rescuePem: RESCUE_PUBLIC_PEM, applications: input.applications };
  const { code } = await runOverShim({
    programs,
    bundle: await programs.bundle('power-workload'),
    args: [JSON.stringify(workload)],
    folder: dataDir,
    record,
  });
  if (code !== 0) throw new Error('the recorded program failed');
  const operations = parseRecording(readFileSync(record));
  const chance = dice(operations.length, 'power loss');
  const disk = new RecordedDisk();
  let marks = '';
  let cut = 0;
  operations.forEach((operation, at) => {
    apply(operation);
    while (cut < cuts && cutAfter(cut) <= at) {
      const unsynced = UNSYNCED[cut % UNSYNCED.length] ?? 'torn';
      const image = mkdtempSync(join(folder, 'cut-'));
      for (const [name, content] of disk.afterPowerLoss(unsynced, chance)) writeFileSync(join(image, name), content);
      findings.try(`power loss, unsynced ${unsynced}`);
      checkImage(image, marks, `after operation ${at} of ${operations.length}, unsynced ${unsynced}`, findings);
      rmSync(image, { recursive: true });
      cut += 1;
    }
  });
  rmSync(folder, { recursive: true });

  function cutAfter(nth: number): number {
    return Math.floor((nth * operations.length) / cuts);
  }

  /** What the outside world has learned is on no disk. */
  function apply(operation: DiskOperation): void {
    if (operation.name !== MARKS) disk.apply(operation);
    else if (operation.kind === 'write') marks += operation.bytes.toString();
  }
}

/** The terminal starts again on what the power cut left. */
function checkImage(dataDir: string, marks: string, when: string, findings: Findings): void {
  const check = (holds: boolean, detail: string): void =>
    findings.check('acked_survives_power_loss', holds, `${detail} ${when}`);
  check(!readLog(logOf(join(dataDir, DATABASE_FILE))).isCut, 'what the power tore is taken for rotten');
  let opened: ReturnType<typeof openOutbox>;
  try {
    opened = openOutbox({ dataDir });
  } catch (error) {
    return check(false, `it does not start (${String(error)})`);
  }
  const { db, outbox } = opened;
  const atCentral = new Set([...marks.matchAll(/^central (\S+)$/gm)].map((match) => match[1]));
  for (const [, id = '', receiptNumber = ''] of marks.matchAll(/^acked (\S+) (\S+)$/gm)) {
    const entry = outbox.find(id);
    check(entry?.receiptNumber === receiptNumber, `${id} is lost`);
    const isReadable = outbox.payloadOf(id) !== null;
    const isErased = entry?.state === 'accepted' && atCentral.has(id);
    check(isReadable || isErased, `${id} (${entry?.state ?? 'gone'}) can't be read`);
    if (!isReadable) findings.check('purge_only_after_acceptance', isErased, `${id} is erased ${when}`);
  }
  check(db.pragma('integrity_check', { simple: true }) === 'ok', 'the database is damaged');
  db.close();
}
