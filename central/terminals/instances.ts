import type { Database } from '../store/schema.ts';

/** Longer than a terminal can be offline and still be noticed when it comes back to a copied key. */
const REMEMBERED_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Notes which run of the terminal's program asked for a token. A run that another one has followed never asks again,
 * unless two machines use the same key. Nobody is refused for it: which of them is the copy, only people can tell.
 * @returns whether the key was now seen with two machines
 */
export async function noteInstance(
  db: Database,
  { clientId, instance, at }: { clientId: string; instance: string; at: number },
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const terminal = await transaction
      .selectFrom('terminals')
      .select('instance')
      .where('client_id', '=', clientId)
      .forUpdate()
      .executeTakeFirst();
    if (terminal === undefined || terminal.instance === instance) return false;
    await transaction
      .deleteFrom('past_terminal_instances')
      .where('client_id', '=', clientId)
      .where('ended_at', '<', new Date(at - REMEMBERED_MS))
      .execute();
    const returned = await transaction
      .deleteFrom('past_terminal_instances')
      .where('client_id', '=', clientId)
      .where('instance', '=', instance)
      .executeTakeFirst();
    const isShared = returned.numDeletedRows > 0n;
    if (terminal.instance !== null) {
      await transaction
        .insertInto('past_terminal_instances')
        .values({ client_id: clientId, instance: terminal.instance, ended_at: new Date(at) })
        .execute();
    }
    await transaction
      .updateTable('terminals')
      .set({ instance, ...(isShared ? { shared_key_seen_at: new Date(at) } : {}) })
      .where('client_id', '=', clientId)
      .execute();
    return isShared;
  });
}
