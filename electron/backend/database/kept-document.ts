import type { SqliteDatabase } from './open-database.ts';

/** What the terminal has from central and goes on working with while central can't be reached. */
export interface KeptDocument {
  readonly version: string;
  readonly etag: string | null;
  /** When central last confirmed it (epoch ms). */
  readonly asOf: number;
  /** JSON; whoever reads it validates it. */
  readonly body: string;
}

export interface DocumentKeeper {
  read(): KeptDocument | null;
  write(document: KeptDocument): void;
  remove(): void;
}

export function documentKeeper(
  db: SqliteDatabase,
  name: 'catalog' | 'configuration' | 'identity' | 'staff',
): DocumentKeeper {
  const select = db.prepare<[string], KeptDocument>(
    'select version, etag, as_of as asOf, body from kept_document where name = ?',
  );
  const upsert = db.prepare(
    `insert into kept_document (name, version, etag, as_of, body) values (@name, @version, @etag, @asOf, @body)
     on conflict (name) do update set
       version = excluded.version, etag = excluded.etag, as_of = excluded.as_of, body = excluded.body`,
  );
  const remove = db.prepare<[string]>('delete from kept_document where name = ?');
  return {
    read: () => select.get(name) ?? null,
    remove: () => {
      remove.run(name);
    },
    write: (document) => {
      upsert.run({ name, ...document });
    },
  };
}
