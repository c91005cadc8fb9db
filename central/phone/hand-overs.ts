import { createHash, randomBytes, randomInt } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import type { z } from 'zod';
import {
  HAND_OVER_ERRORS,
  HAND_OVER_LIFE_SECONDS,
  HAND_OVER_TRIES,
  type HandOverRequest,
  type handOverSchema,
  type HandOverState,
  type phonePictureSchema,
  type phoneVerdictSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import { captureMediaTypeSchema } from '../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import {
  documentsByPhone,
  type IdentityPolicy,
  type PictureKind,
  picturesOf,
} from '../../shared/domain/identity-policy.ts';
import { makeOneTimePassword, oneTimeAsTyped, oneTimeNumber } from '../../shared/domain/one-time-password.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { CodePlace } from '../codes/codes.ts';
import { NOT_FOUND, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Seal } from '../identity/seal.ts';
import { hashPassword, throttled } from '../identity/sign-in.ts';
import { createSignInThrottle, type ThrottleSubject } from '../identity/sign-in-throttle.ts';
import type { Clocks } from '../ports.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { type HandOverRow, sidesOf } from './hand-over-row.ts';

/**
 * A customer's own phone takes the pictures that a terminal's camera can't. The terminal has a password made, which the
 * phone uses once; what the phone sends lies here, sealed, until the terminal has judged it. All in the database, so that
 * every central of it counts the same.
 */
export interface HandOvers {
  begin(place: CodePlace, request: HandOverRequest): Promise<Result<z.infer<typeof handOverSchema>, TmfFailure>>;
  stateOf(id: string, place: CodePlace): Promise<HandOverState>;
  /** null: there is none that waits to be judged. */
  pictureOf(id: string, place: CodePlace, side: string): Promise<z.infer<typeof phonePictureSchema> | null>;
  judged(id: string, side: string, place: CodePlace, verdict: z.infer<typeof phoneVerdictSchema>): Promise<void>;
  revoke(id: string, place: CodePlace): Promise<void>;
  /**
   * The password was typed, or came with the QR code: from now on it is that phone's.
   * @param tokens of which the first becomes its own; the others are what it may have from before
   * @returns the token by which it is known
   */
  claim(
    typed: string,
    tokens: readonly [string, ...string[]],
    browser: ThrottleSubject,
  ): Promise<Result<string, 'refused' | 'used' | TmfFailure>>;
  eraseOver(): Promise<void>;
}

const NOT_WANTED = unprocessable(HAND_OVER_ERRORS.notWanted, 'No picture of that document may come from a phone');
const NUMBERS_TRIED = 20;
/** Pictures of applications that never came: as long as central keeps theirs. */
const ABANDONED_MS = 30 * 24 * 60 * 60 * 1000;

export const visitHash = (token: string): string => createHash('sha256').update(token).digest('hex');

export async function createHandOvers(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly identityPolicy: IdentityPolicy;
  readonly seal: Seal;
  readonly publicUrl: () => string;
}): Promise<HandOvers> {
  const { db, clocks, identityPolicy, seal, publicUrl } = context;
  const throttle = createSignInThrottle(db);
  const nobody = await hashPassword(randomBytes(16).toString('hex'));
  const now = (): Date => new Date(clocks.system());

  const make = async (): Promise<{ readonly password: string; readonly hash: string }> => {
    const password = makeOneTimePassword((below) => randomInt(below));
    return { password, hash: await hashPassword(password) };
  };

  const find = (id: string, { terminal, sessionId }: CodePlace): Promise<HandOverRow | undefined> =>
    db
      .selectFrom('phone_hand_overs')
      .selectAll()
      .where('id', '=', id)
      .where('terminal_code', '=', terminal)
      .where('session_id', '=', sessionId)
      .where('expires_at', '>', now())
      .executeTakeFirst();

  /** With what came for them, unless every side had. */
  async function remove(transaction: DatabaseTransaction, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await transaction
      .deleteFrom('phone_hand_overs')
      .where('id', 'in', ids)
      .returning(['id', 'done_at'])
      .execute();
    const unfinished = gone.filter(({ done_at }) => done_at === null).map(({ id }) => id);
    if (unfinished.length === 0) return;
    await transaction.deleteFrom('phone_captures').where('hand_over_id', 'in', unfinished).execute();
  }

  async function removeWhere(place: CodePlace, id: string | null): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      const own = await transaction
        .selectFrom('phone_hand_overs')
        .select('id')
        .where('terminal_code', '=', place.terminal)
        .where('session_id', '=', place.sessionId)
        // What is done tells its phone so until it expires.
        .where('done_at', 'is', null)
        .forUpdate()
        .execute();
      await remove(
        transaction,
        own.map((row) => row.id).filter((one) => id === null || one === id),
      );
    });
  }

  /** Counted before it is compared, so that many at once get no more tries than many in turn. */
  const takeTry = (number: string): Promise<HandOverRow | undefined> =>
    db
      .updateTable('phone_hand_overs')
      .set((own) => ({ tries: own('tries', '+', 1) }))
      .where('number', '=', number)
      .where('tries', '<', HAND_OVER_TRIES)
      .where('expires_at', '>', now())
      .returningAll()
      .executeTakeFirst();

  return {
    begin: async (place, { id, applicationId, person, document, language }) => {
      const today = businessDate(clocks.business());
      const rule = documentsByPhone(identityPolicy, today).find((one) => one.document === document);
      if (rule === undefined) return err(NOT_WANTED);
      await removeWhere(place, null);
      for (let at = 0; at < NUMBERS_TRIED; at += 1) {
        const made = await make();
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('phone_hand_overs')
          .values({
            ...{ id, number: oneTimeNumber(made.password), password_hash: made.hash },
            ...{ terminal_code: place.terminal, session_id: place.sessionId, application_id: applicationId },
            ...{ person, document, sides: JSON.stringify(picturesOf(rule)), language, visit_hash: null, done_at: null },
            expires_at: new Date(clocks.system() + HAND_OVER_LIFE_SECONDS * 1000),
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) {
          const known = await db.selectFrom('phone_hand_overs').select('id').where('id', '=', id).executeTakeFirst();
          // Another terminal's, or this one's that was asked for at the same moment.
          if (known !== undefined) return err(NOT_FOUND);
          continue;
        }
        return ok({
          ...{ id, password: made.password, page: `${publicUrl()}${CENTRAL_PATHS.phonePage}` },
          ...{ sides: [...picturesOf(rule)], expiresInSeconds: HAND_OVER_LIFE_SECONDS },
        });
      }
      throw new Error('no number is free for a hand-over');
    },

    stateOf: async (id, place) => {
      const row = await find(id, place);
      if (row === undefined) return { id, state: 'over', expiresInSeconds: 0, heard: 0, waiting: [] };
      const waiting = await db
        .selectFrom('phone_pictures')
        .select(['side', 'hash'])
        .where('hand_over_id', '=', id)
        .where('sealed_content', 'is not', null)
        .execute();
      const known = new Map(waiting.map(({ side, hash }) => [side, hash]));
      return {
        id,
        state: row.done_at !== null ? 'done' : row.visit_hash === null ? 'waiting' : 'opened',
        expiresInSeconds: Math.max(0, Math.floor((row.expires_at.getTime() - clocks.system()) / 1000)),
        heard: row.heard,
        waiting: sidesOf(row).flatMap((side) => {
          const hash = known.get(side);
          return hash === undefined ? [] : [{ side, hash }];
        }),
      };
    },

    pictureOf: async (id, place, side) => {
      const row = await find(id, place);
      const known: PictureKind | undefined = row === undefined ? undefined : sidesOf(row).find((one) => one === side);
      if (known === undefined) return null;
      const picture = await db
        .selectFrom('phone_pictures')
        .selectAll()
        .where('hand_over_id', '=', id)
        .where('side', '=', known)
        .executeTakeFirst();
      const sealed = picture?.sealed_content ?? null;
      const base64 = sealed === null ? null : seal.open(sealed);
      if (picture === undefined || base64 === null) return null;
      const { hash, media_type } = picture;
      return { side: known, hash, mediaType: captureMediaTypeSchema.parse(media_type), base64 };
    },

    judged: (id, side, place, { hash, flaw }) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('phone_hand_overs')
          .selectAll()
          .where('id', '=', id)
          .where('terminal_code', '=', place.terminal)
          .where('session_id', '=', place.sessionId)
          .where('expires_at', '>', now())
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) return;
        const { numUpdatedRows } = await transaction
          .updateTable('phone_pictures')
          .set({ sealed_content: null, flaw })
          .where('hand_over_id', '=', id)
          .where('side', '=', side)
          .where('hash', '=', hash)
          .where('sealed_content', 'is not', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n || flaw !== null) return;
        const { application_id, terminal_code, session_id, person, document } = row;
        const of = { terminal_code, session_id, hand_over_id: id, person, document, side, kept_at: now() };
        await transaction
          .insertInto('phone_captures')
          .values({ hash, application_id, ...of })
          .onConflict((conflict) => conflict.columns(['hash', 'application_id']).doUpdateSet(of))
          .execute();
        const kept = await transaction
          .selectFrom('phone_pictures')
          .select('side')
          .where('hand_over_id', '=', id)
          .where('sealed_content', 'is', null)
          .where('flaw', 'is', null)
          .execute();
        if (!sidesOf(row).every((one) => kept.some((picture) => picture.side === one))) return;
        await transaction.updateTable('phone_hand_overs').set({ done_at: now() }).where('id', '=', id).execute();
      }),

    revoke: (id, place) => removeWhere(place, id),

    claim: async (typed, tokens, browser) => {
      if (!(await throttle.takeTry(browser, clocks.system()))) {
        const until = (await throttle.lockedUntil(browser, clocks.system())) ?? clocks.system();
        return err(throttled(until - clocks.system()));
      }
      const password = oneTimeAsTyped(typed);
      const row = password === null ? undefined : await takeTry(oneTimeNumber(password));
      const isRight = await verify(row?.password_hash ?? nobody, password ?? typed);
      if (row === undefined || !isRight) {
        await throttle.noteMiss([browser], clocks.system());
        return err('refused');
      }
      await throttle.giveBack(browser);
      const hashes = tokens.map(visitHash);
      const claimed = await db
        .updateTable('phone_hand_overs')
        .set((own) => ({
          visit_hash: own.fn.coalesce('visit_hash', own.val(visitHash(tokens[0]))),
          tries: own('tries', '-', 1),
        }))
        .where('id', '=', row.id)
        .where(({ eb, or }) => or([eb('visit_hash', 'is', null), eb('visit_hash', 'in', hashes)]))
        .returning('visit_hash')
        .executeTakeFirst();
      const own = tokens.find((token) => visitHash(token) === claimed?.visit_hash);
      return own === undefined ? err('used') : ok(own);
    },

    eraseOver: async () => {
      await db.transaction().execute(async (transaction) => {
        const over = await transaction
          .selectFrom('phone_hand_overs')
          .select('id')
          .where('expires_at', '<=', now())
          .forUpdate()
          .execute();
        await remove(
          transaction,
          over.map(({ id }) => id),
        );
      });
      await db
        .deleteFrom('phone_captures')
        .where('kept_at', '<', new Date(clocks.system() - ABANDONED_MS))
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('product_orders')
                .select('product_orders.id')
                .whereRef('product_orders.external_id', '=', 'phone_captures.application_id'),
            ),
          ),
        )
        .execute();
    },
  };
}
