import type { Adapter } from 'oidc-provider';
import { InvalidClientMetadata, InvalidToken } from 'oidc-provider/lib/helpers/errors.js';
import { adapterPayloadSchema } from '../authorization/oauth-records.ts';
import { errorCode } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';

const UNIQUE_VIOLATION = '23505';
const notHere = (): Promise<never> => Promise.reject(new Error('not an operation on clients'));

/** The enrolled terminals as the authorization server's clients. A revoked one is none, from the next request on. */
export function terminalClients(db: Database, now: () => number): Adapter {
  return {
    upsert: async (id, payload) => {
      const code = payload['terminal_code'];
      if (typeof code !== 'string') throw new Error('a client without its terminal');
      try {
        const registered = await db
          .updateTable('terminals')
          .set({ client_id: id, client: JSON.stringify(payload), enrolled_at: new Date(now()) })
          .where('code', '=', code)
          .where('revoked_at', 'is', null)
          // A repeat after a lost answer comes with the same key.
          .where((where) => where.or([where('client_id', 'is', null), where('client_id', '=', id)]))
          .executeTakeFirst();
        if (registered.numUpdatedRows === 0n) throw new InvalidToken('the approval was used for another key');
      } catch (error) {
        if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
        throw new InvalidClientMetadata('each terminal makes a key of its own');
      }
    },
    find: async (id) => {
      const row = await db
        .selectFrom('terminals')
        .select('client')
        .where('client_id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return row === undefined ? undefined : adapterPayloadSchema.parse(row.client);
    },
    findByUserCode: notHere,
    findByUid: notHere,
    consume: notHere,
    destroy: notHere,
    revokeByGrantId: notHere,
  };
}
