import { writeSync } from 'node:fs';
import { z } from 'zod';
import { noProbe, type StepProbe, STEPS } from '../step-probe.ts';
import { anApplication, enqueued, startSync } from './sync-rig.ts';

/**
 * A process to be killed: takes applications, says `acked <id>` once one is safe, sends them, says `drained`.
 * At the labelled step, the given time, it dies as by kill -9.
 */
const input = z
  .object({
    dataDir: z.string(),
    central: z.url(),
    rescuePem: z.string(),
    applications: z.int(),
    killAt: z.enum(STEPS).nullable(),
    /** 1: the first time. */
    killOn: z.int(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

let times = 0;
const killer: StepProbe = {
  reached: (label) => {
    if (label !== input.killAt) return;
    times += 1;
    if (times === input.killOn) process.kill(process.pid, 'SIGKILL');
  },
};

const rig = startSync({
  dataDir: input.dataDir,
  central: new URL(input.central),
  probe: input.killAt === null ? noProbe : killer,
});
rig.captures.eraseUnclaimed();
for (let at = 0; at < input.applications; at += 1) {
  const application = anApplication(input.rescuePem, { customerNumber: `100000000${at % 3}` });
  const { applicationId, rescueKey } = application;
  const picture = { mediaType: 'image/jpeg', content: Buffer.from(`picture of ${applicationId}`) } as const;
  if (!rig.captures.keep({ applicationId, picture, rescueKey }).ok) throw new Error('no picture was kept');
  const { id } = enqueued(rig.outbox, application);
  writeSync(1, `acked ${id}\n`);
}
rig.worker.wake();
const poll = setInterval(() => {
  if (rig.outbox.waitingCount() > 0) return;
  clearInterval(poll);
  void rig.close().then(() => {
    writeSync(1, 'drained\n');
  });
}, 10);
