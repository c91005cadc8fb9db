import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { damagedDatabases } from '../damage/damaged-database.ts';
import { Findings } from '../properties.ts';

/** Lets the disk refuse each page of a terminal's database in turn. Runs over the shim. */
const folder = process.argv[2] ?? '';
const findings = new Findings();
damagedDatabases({
  folder,
  rounds: 1,
  findings,
  lose: (path, offset) => writeFileSync(join(folder, 'disk-control'), `lose ${statSync(path).ino} ${offset}`),
});
const { violations, tried, checked } = findings;
process.stdout.write(JSON.stringify({ violations, tried: [...tried], checked: [...checked] }));
