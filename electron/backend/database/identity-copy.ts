import { join } from 'node:path';
import { z } from 'zod';
import { isDiskFailure } from './open-database.ts';
import type { DocumentKeeper, KeptDocument } from './kept-document.ts';
import { readIfThere, writeForGood } from './small-file.ts';

/**
 * A terminal that loses who it is has to enrol anew, under another code, and central takes nothing from it that was
 * applied for under the old one. So its identity isn't left to one page of a database; its key in it is sealed.
 */
const FILE = 'identity.copy';

const copySchema = z.object({
  version: z.string(),
  etag: z.string().nullable(),
  asOf: z.number(),
  body: z.string().refine(isJson),
});

/** null: there is none, or it is damaged. */
export function readIdentityCopy(dataDir: string): KeptDocument | null {
  try {
    const bytes = readIfThere(join(dataDir, FILE));
    return bytes === null ? null : (copySchema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null);
  } catch (error) {
    if (error instanceof SyntaxError || isDiskFailure(error)) return null;
    throw error;
  }
}

/** Writes a copy beside whatever is kept, now and from now on. */
export function withCopy(keeper: DocumentKeeper, dataDir: string): DocumentKeeper {
  const copy = (document: KeptDocument): void => {
    try {
      writeForGood(dataDir, FILE, Buffer.from(JSON.stringify(document)));
    } catch (error) {
      // The next start tries again.
      if (!isDiskFailure(error)) throw error;
    }
  };
  const kept = keeper.read();
  if (kept !== null && JSON.stringify(readIdentityCopy(dataDir)) !== JSON.stringify(kept)) copy(kept);
  return {
    ...keeper,
    write: (document) => {
      keeper.write(document);
      copy(document);
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
