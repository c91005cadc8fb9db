import { z } from 'zod';
import { captureHashSchema, captureMediaTypeSchema } from '../../../shared/central-api/captures.ts';
import type { SqliteDatabase } from '../database/open-database.ts';

const rowSchema = z.object({
  applicationId: z.string(),
  /** SHA-256 of the picture, hex: how central knows it. */
  hash: captureHashSchema,
  mediaType: captureMediaTypeSchema,
  bytes: z.int(),
  /** Name of the sealed picture's file. */
  file: z.string(),
  terminalWrappedKey: z.instanceof(Buffer),
  rescueWrappedKey: z.instanceof(Buffer),
  rescueKeyId: z.string(),
});
export type CaptureRow = z.infer<typeof rowSchema>;

const COLUMNS = `application_id as applicationId, hash, media_type as mediaType, bytes, file,
  terminal_wrapped_key as terminalWrappedKey, rescue_wrapped_key as rescueWrappedKey, rescue_key_id as rescueKeyId`;

/** The statements of what is known of pictures. None of them decides anything. */
export function captureRows(db: SqliteDatabase) {
  const insert = db.prepare<CaptureRow>(
    `insert into capture (application_id, hash, media_type, bytes, file,
       terminal_wrapped_key, rescue_wrapped_key, rescue_key_id)
     values (@applicationId, @hash, @mediaType, @bytes, @file, @terminalWrappedKey, @rescueWrappedKey, @rescueKeyId)`,
  );
  const of = db.prepare<[string]>(`select ${COLUMNS} from capture where application_id = ? order by seq`);
  const move = db.prepare<[string, string]>('update capture set application_id = ? where application_id = ?');
  const forget = db.prepare<[string, string]>('delete from capture where application_id = ? and hash = ?');
  const forgetSettled = db.prepare(
    `delete from capture where exists (
       select 1 from outbox where id = capture.application_id and state in ('accepted', 'rejected', 'withdrawn')
     )`,
  );
  const forgetUnclaimed = db.prepare(
    'delete from capture where not exists (select 1 from outbox where id = capture.application_id)',
  );
  const openSalvage = db.prepare('select 1 from salvage where confirmed_at is null');
  const files = db.prepare<[], string>('select file from capture').pluck();
  return {
    insert: (row: CaptureRow): void => {
      insert.run(row);
    },
    of: (applicationId: string): CaptureRow[] => z.array(rowSchema).parse(of.all(applicationId)),
    move: (from: string, to: string): void => {
      move.run(to, from);
    },
    forget: (applicationId: string, hash: string): number => forget.run(applicationId, hash).changes,
    /** Of what central has, or nobody wants any more. */
    forgetSettled: (): number => forgetSettled.run().changes,
    /** Of what nobody applied for in the end. */
    forgetUnclaimed: (): number => forgetUnclaimed.run().changes,
    /** Whose pictures these are may be what was lost, and staff haven't seen yet what was. */
    mayBeOfLost: (): boolean => openSalvage.get() !== undefined,
    files: (): ReadonlySet<string> => new Set(files.all()),
  };
}
