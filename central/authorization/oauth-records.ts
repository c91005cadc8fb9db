import type { Adapter, AdapterPayload } from 'oidc-provider';
import { InvalidClientAuth, InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';
import { z } from 'zod';
import type { Database } from '../store/schema.ts';

/** The library reads back what it wrote itself; only that it is an object is checked. */
export const adapterPayloadSchema = z.custom<AdapterPayload>((value) => typeof value === 'object' && value !== null);

/** An expired device code is kept a while, so that whoever types it late is told so. */
const KEPT_AFTER_EXPIRY_MS = 60 * 60 * 1000;

/**
 * What the authorization server keeps of one model, in the database and nowhere else, so that any process of central
 * answers any request.
 * @param now epoch ms, system clock
 */
export function oauthRecords(db: Database, now: () => number, model: string): Adapter {
  const readable = () =>
    db.selectFrom('oauth_records').select(['payload', 'consumed_at', 'expires_at']).where('model', '=', model);
  const read = (
    row: { payload: unknown; consumed_at: Date | null; expires_at: Date } | undefined,
  ): AdapterPayload | undefined =>
    row === undefined
      ? undefined
      : {
          ...adapterPayloadSchema.parse(row.payload),
          exp: Math.floor(row.expires_at.getTime() / 1000),
          ...(row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at.getTime() / 1000) }),
        };
  return {
    upsert: async (id, payload, expiresIn) => {
      if (expiresIn === undefined) throw new Error(`${model} would be kept for ever`);
      await db
        .deleteFrom('oauth_records')
        .where('expires_at', '<=', new Date(now() - KEPT_AFTER_EXPIRY_MS))
        .execute();
      const content = {
        payload: JSON.stringify(payload),
        user_code: payload.userCode ?? null,
        grant_id: payload.grantId ?? null,
        expires_at: new Date(now() + expiresIn * 1000),
      };
      const insert = db.insertInto('oauth_records').values({ model, id, ...content, consumed_at: null });
      if (model !== 'ReplayDetection') {
        await insert.onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(content)).execute();
        return;
      }
      // Of two that come at once with the same assertion, one only gets in: the library looks before, this decides.
      const added = await insert
        .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows === 0n) throw new InvalidClientAuth('the assertion was used before');
    },
    find: async (id) => read(await readable().where('id', '=', id).executeTakeFirst()),
    findByUserCode: async (userCode) => read(await readable().where('user_code', '=', userCode).executeTakeFirst()),
    findByUid: () => Promise.reject(new Error('central keeps no sessions of the authorization server')),
    consume: async (id) => {
      const consumed = await db
        .updateTable('oauth_records')
        .set({ consumed_at: new Date(now()) })
        .where('model', '=', model)
        .where('id', '=', id)
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      if (consumed.numUpdatedRows === 0n) throw new InvalidGrant('consumed by a request at the same time');
    },
    destroy: async (id) => {
      await db.deleteFrom('oauth_records').where('model', '=', model).where('id', '=', id).execute();
    },
    revokeByGrantId: async (grantId) => {
      await db.deleteFrom('oauth_records').where('grant_id', '=', grantId).execute();
    },
  };
}
