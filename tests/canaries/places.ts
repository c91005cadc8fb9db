import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';
import pg from 'pg';

/** Somewhere that something may have been left. */
export interface Place {
  readonly where: string;
  readonly content: Buffer;
}

/** Without a name or anything else between it and its content. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const GZIP_HEADER_BYTES = 10;

/** Every file under a folder, and what is compressed in it once more as it was before. */
export function filesUnder(folder: string): Place[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = join(folder, name);
    if (!lstatSync(file).isFile()) return [];
    const content = readFileSync(file);
    // A name can give something away as well.
    return [{ where: file, content: Buffer.concat([Buffer.from(`${name}\n`), content]) }, ...unpacked(file, content)];
  });
}

function unpacked(where: string, content: Buffer): Place[] {
  const places: Place[] = [];
  for (let at = content.indexOf(GZIP); at >= 0; at = content.indexOf(GZIP, at + 1)) {
    try {
      // What follows in the file is none of it: gunzip would refuse all.
      const inside = inflateRawSync(content.subarray(at + GZIP_HEADER_BYTES), { finishFlush: constants.Z_SYNC_FLUSH });
      places.push({ where: `${where}, unpacked`, content: inside });
    } catch {
      // It only began as one.
    }
  }
  return places;
}

/** Every row of every table, and the store's own files with its write-ahead log. */
export async function databasePlaces(url: string): Promise<Place[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const { rows: tables } = await client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const places: Place[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      places.push({ where: `table ${name}`, content: Buffer.from(rows.map(({ row }) => row).join('\n')) });
    }
    const { rows: stores } = await client.query<{ folder: string; oid: string }>(
      `select current_setting('data_directory') as folder, oid::text from pg_database where datname = current_database()`,
    );
    for (const { folder, oid } of stores) {
      places.push(...filesUnder(join(folder, 'base', oid)), ...filesUnder(join(folder, 'pg_wal')));
    }
    return places;
  } finally {
    await client.end();
  }
}
