import { readFileSync, writeSync } from 'node:fs';
import { Pool } from 'undici';
import { PEER_QUEUES } from './peer-queues.mjs';

/**
 * One life of a peer: takes the jobs of a file, says `acked ID` of each that it acknowledged, and sends them meanwhile
 * where it has a central. It runs until it is ended.
 */
const { name, folder, central, jobs } = JSON.parse(process.argv[2]);
const queue = PEER_QUEUES[name](folder);

if (central !== null) {
  const pool = new Pool(central, { connections: 16 });
  queue.start(async ({ id, body }) => {
    const answer = await pool.request({
      method: 'POST',
      path: '/tmf-api/productOrderingManagement/v4/productOrder',
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body,
    });
    await answer.body.dump();
    if (answer.statusCode !== 201) throw new Error(`central answered ${answer.statusCode}`);
  });
}
for (const job of jobs === null ? [] : JSON.parse(readFileSync(jobs, 'utf8'))) {
  await queue.add(job);
  writeSync(1, `acked ${job.id}\n`);
  await new Promise(setImmediate);
}
